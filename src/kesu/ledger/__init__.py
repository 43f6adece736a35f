"""The ledger: append-only entries, hash-chained per file, sealed by signed Merkle checkpoints.

It stores what happened and proves that nobody changed it afterwards. It knows nothing of procedures,
duties or desks; the room above it decides what is written and calls `append` inside its own transaction.
"""
