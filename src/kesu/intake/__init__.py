"""Everything that arrives becomes “received”: history from a sheet or a log; and by which code its sender finds it again."""
