"""The installation itself: backed up, put back, brought up to date, and what the machine did to it, in words."""
