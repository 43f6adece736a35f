"""Files that belong to cases: kept byte for byte under their digests, on the disk of the house or in S3.

What a file says is nobody's business here, and which case it belongs to neither: that stands in the ledger, by digest. What
was sent in and stands in no entry yet is a draft of whoever sent it.
"""
