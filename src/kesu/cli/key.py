"""`kesu key`: the key that signs checkpoints, those that it followed; and to put a new one in its place."""

from __future__ import annotations

import argparse

from kesu.reading.text import Text

from . import office
from .printed import as_json
from .tongue import lang
from .wrong_use import WrongUse


def add_parser(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> argparse.ArgumentParser:
    """The options of `kesu key`."""
    said = Text("签名密钥的指纹；更换密钥", "the fingerprint of the key that signs; to replace it")
    parser = commands.add_parser("key", help=said.in_(lang()))
    new = Text(
        "更换：生成新的签名密钥，并由它签认旧的（旧的检查点仍然算数）",
        "replace it: make a new key, which signs the old one as retired, so that its checkpoints still count",
    )
    parser.add_argument("--new", action="store_true", help=new.in_(lang()))
    vouched = Text(
        "签认一个停用的公钥（64 位十六进制），使它签过的检查点算数",
        "sign this public key (64 hexadecimal digits) as retired, so that checkpoints signed by it count",
    )
    parser.add_argument("--vouch", metavar="HEX", help=vouched.in_(lang()))
    return parser


def run(args: argparse.Namespace) -> int:
    """Shows the key and those that it followed; 1 when a line of a retired key does not count."""
    office.setup()
    from django.conf import settings

    from kesu.ledger.checkpoint import fingerprint
    from kesu.ledger.keys import public_of, signing_key, succeed, trusted_keys, unsigned_retired, vouch

    path = settings.LEDGER_SIGNING_KEY
    if not path.exists():
        raise WrongUse(
            zh=f"{path} 还没有签名密钥；第一次 kesu serve 时生成，或从备份恢复",
            en=f"{path}: there is no key yet; the first kesu serve makes it, or restore it from your backup",
        )
    if args.vouch:
        try:
            vouch(path, args.vouch.strip().lower())
        except ValueError:
            raise WrongUse(
                zh=f"“{args.vouch}”不是公钥；要 64 位十六进制数",
                en=f"“{args.vouch}” is no public key; give 64 hexadecimal digits",
            ) from None
    public = succeed(path) if args.new else public_of(signing_key(path))
    retired, unsigned = sorted(trusted_keys(path) - {public}), unsigned_retired(path)
    if args.json:
        as_json({"key": public, "fingerprint": fingerprint(public), "retired": retired, "unsigned": unsigned})
    else:
        print(Text(f"公钥 {public}", f"key {public}").in_(args.lang))
        finger = fingerprint(public)
        print(Text(f"公钥指纹 {finger}", f"fingerprint of the key {finger}").in_(args.lang))
        for one in retired:
            text = Text(f"停用，已由后继签认：{one}", f"retired, signed by one that followed it: {one}")
            print(text.in_(args.lang))
        for one in unsigned:
            text = Text(f"停用，无人签认，不算数：{one}", f"retired, signed by nobody, does not count: {one}")
            print(text.in_(args.lang))
    return 1 if unsigned else 0
