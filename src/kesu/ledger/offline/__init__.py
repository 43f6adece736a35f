"""The verifier for people who have neither Kesu nor its database: one file, copied out with an export."""

from pathlib import Path

SCRIPT = Path(__file__).with_name("kesu_verify.py")
