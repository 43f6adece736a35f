"""Settings, addresses and the way a web server finds the application."""
