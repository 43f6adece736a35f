"""The pages for whoever complains: without account, without puzzle, without JavaScript. They know nothing of the desk."""
