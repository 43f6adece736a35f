"""What the measurements of the office share: a database to work on, the acts that are performed, and the floor."""
