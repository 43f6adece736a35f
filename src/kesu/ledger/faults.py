"""What verification can find, how it says so, and what it keeps of it."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

SENTENCES: dict[str, tuple[str, str]] = {
    # what: (Chinese, English)
    "missing": ("这条记录不见了{detail}", "this entry is missing{detail}"),
    "unreadable": ("记录的字节无法读出", "the bytes are not an entry"),
    "digest": ("记录的字节与其摘要不符", "the bytes do not have the digest that was stored with them"),
    "column": ("列“{detail}”与记录的字节不符", 'the column "{detail}" differs from the bytes'),
    "mac": (
        "认证码不对或没有：不是经 Kesu 写入的",
        "its authentication code is missing or another: it was not written by Kesu",
    ),
    "no mac key": (
        "记录的认证码无法核对：密钥（指纹 {detail}）不在这里",
        "the authentication codes of its entries cannot be checked: their key (fingerprint {detail}) is not here",
    ),
    "other mac key": (
        "记录的认证码无法核对：这里的密钥不是写入时的那个（指纹 {detail}）",
        "the key here is not the one that its entries' authentication codes were made with (fingerprint {detail})",
    ),
    "link": ("与前一条记录接不上", "it does not follow the entry before it"),
    "noted falls": (
        "记录时间（{detail}）早于前一条记录：时钟倒退，或倒填",
        "it was noted ({detail}) before the entry that it follows: a clock that went back, or a date of another day",
    ),
    "time falls": (
        "检查点的时间（{detail}）早于前一个检查点：时钟倒退，或倒填",
        "its time ({detail}) is before that of the checkpoint before it: a clock that went back, or a date of another day",
    ),
    "followed": ("后一条记录接的不是它", "the entry after it follows another one"),
    "sealed otherwise": ("封存时的摘要是另一个（{detail}）", "another digest was sealed for it ({detail})"),
    "leaf place": (
        "封存序号越界（{detail}）",
        "it is sealed at a place that no checkpoint covers ({detail})",
    ),
    "never to be sealed": (
        "既未封存，也不在待封存之列：不是经 Kesu 写入的",
        "it is neither sealed nor waiting to be: it was not written by Kesu",
    ),
    "value": (
        "个人信息“{detail}”与当初的承诺值不符",
        'the personal value "{detail}" is not what was committed to',
    ),
    "value missing": (
        "个人信息“{detail}”不见了，而没有删除它的记录",
        'the personal value "{detail}" is gone and no erasure is on record',
    ),
    "value extra": (
        "个人信息“{detail}”没有对应的承诺值",
        'there is a personal value "{detail}" that nothing committed to',
    ),
    "value kept": (
        "个人信息“{detail}”已记为删除，却仍在库中",
        'the personal value "{detail}" is on record as erased and still there',
    ),
    "leaf missing": ("封存序列缺号", "this leaf is missing"),
    "uncovered": ("从此处起没有签名检查点覆盖", "no checkpoint covers the leaves from here on"),
    "checkpoint missing": ("检查点缺号", "this checkpoint is missing"),
    "checkpoint unreadable": ("检查点的字节无法读出", "the bytes are not a checkpoint"),
    "checkpoint column": (
        "检查点的列“{detail}”与签名的字节不符",
        'the column "{detail}" of the checkpoint differs from the signed bytes',
    ),
    "signature": ("检查点的签名不成立", "the signature of the checkpoint does not hold"),
    "key": (
        "签名所用的密钥不是本机的，也不在停用密钥之列（{detail}）",
        "signed by a key that is neither ours nor listed as retired ({detail})",
    ),
    "root": (
        "树根与已封存的记录不符（{detail}）",
        "the root is not that of the sealed entries ({detail})",
    ),
    "heads": (
        "所签的各卷宗末条与已封存的记录不符",
        "the heads of files that it signs are not those of the sealed entries",
    ),
    "retired key": (
        "停用密钥 {detail}… 没有后继密钥的签名，不算数",
        "the retired key {detail}… is not signed by one that followed it, and does not count",
    ),
    "short": (
        "检查点涵盖 {detail} 条，封存的没有这么多：末尾被截去",
        "it covers {detail} entries, fewer are sealed: the end was cut off",
    ),
    "marks broken": (
        "密钥旁的标记无法读出（{detail}）：有人动过这个文件",
        "the marks beside the signing key cannot be read ({detail}): somebody wrote into the file",
    ),
    "behind its mark": (
        "密钥旁的标记记着这个检查点（{detail}），数据库里却没有：放回了旧的数据库，或检查点被删去",
        (
            "the mark beside the signing key has this checkpoint ({detail}), the database does not:"
            " an older database was put back, or checkpoints were taken away"
        ),
    ),
    "other than its mark": (
        "条数或树根与密钥旁的标记（{detail}）不同：历史被整个改写",
        "its size or root is not that of the mark beside the signing key ({detail}): the history was written anew",
    ),
    "organisation gone": (
        "密钥旁的标记记着这家机构，台账里却一条记录也没有",
        "the marks beside the signing key name this organisation, the ledger has no entry of it",
    ),
    "not begun": (
        "密钥旁的标记里没有这家机构的设立：不是在这里设立的",
        "the marks beside the signing key do not say that it began: it was not founded here",
    ),
    "series gap": (
        "没有编号为 {detail} 的卷宗，而它前后的编号都有：编号不会跳号，这一件被拿走了",
        "no file has the number {detail}, though later ones were given: numbers have no gap, this file was taken away",
    ),
    "post not held": (
        "以此岗位办理（{detail}），而登记册中此人那时并不任此岗位",
        "it was taken in a post that by the registers its person did not hold then ({detail})",
    ),
    "not theirs": (
        "由那时不任下列岗位的人办理：{detail}",
        "it was done by somebody who by the registers held none of these posts then: {detail}",
    ),
    "erased early": ("办结之前就抹去了内容", "it erased values before the case had ended"),
    "noted long before": (
        "记录时间（{detail}）早于它之前的检查点，隔了不止几分钟：倒填，或时钟落后",
        "it was noted ({detail}) minutes before a checkpoint that does not cover it: dated back, or a clock that was behind",
    ),
    "noted after its seal": (
        "记录时间（{detail}）晚于封存它的检查点，隔了不止几分钟：时钟曾走快",
        "it was noted ({detail}) minutes after the checkpoint that covers it: a clock that ran ahead",
    ),
    "log altered": (
        "账外的日志与标记所记的（{detail}）不同：有行被改、被删或被插入",
        "this log beside the ledger is not what the marks say of it ({detail}): rows were changed, taken away or put in",
    ),
    "sign-in altered": (
        "登录“{detail}”不是 Kesu 写下的那样：登录名、邮箱、密码或状态被绕开系统改过，或是绕开系统加的",
        "the sign-in “{detail}” is not as Kesu wrote it: name, address, password or state were changed past it, or all of it put in",
    ),
    "sign-in gone": (
        "此人（{detail}）的登录不见了：被绕开系统删去",
        "the sign-in of this person ({detail}) is gone: it was taken away past Kesu",
    ),
    "file gone": (
        "它的文件（SHA-256 {detail}…）不在了",
        "its file (SHA-256 {detail}…) is gone",
    ),
    "file altered": (
        "它的文件（SHA-256 {detail}…）被改过：内容与登记的摘要不符",
        "its file (SHA-256 {detail}…) was altered: what is kept has another digest",
    ),
    "file kept": (
        "它的文件（SHA-256 {detail}…）已记为删除，内容却仍在",
        "its file (SHA-256 {detail}…) is on record as erased and its bytes are still there",
    ),
    "stamp of nothing": (
        "它在 {detail} 取得过时间戳，数据库里却没有这个检查点",
        "it was given a time stamp on {detail}, and the database has no such checkpoint",
    ),
    "stamp gone": (
        "它的时间戳（{detail}）不见了：标记里记着，文件却不在",
        "its time stamp of {detail} is gone: the marks name it, the file is not there",
    ),
    "stamp altered": (
        "它的时间戳（{detail}）被改过：与标记所记的摘要不符",
        "its time stamp of {detail} was altered: the marks have another digest of it",
    ),
    "stamp": (
        "它的时间戳核对不上：{detail}",
        "its time stamp is not one of this checkpoint that holds: {detail}",
    ),
    "stamp early": (
        "它的时间戳（{detail}）比它自己的时间还早：签它时时钟走快了，或换过",
        "its time stamp ({detail}) is earlier than its own time: a clock ran ahead, or it is another checkpoint",
    ),
    "trigger": ("数据库触发器：{detail}", "database trigger: {detail}"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Fault:
    """One thing that is not as it was written; names what it is about as far as it is known."""

    what: str
    organisation: str = ""
    file: str | None = None
    number: int | None = None
    leaf: int | None = None
    checkpoint: int | None = None
    detail: str = ""

    def place(self, lang: Literal["zh", "en"]) -> str:
        """Where: organisation, file, number of the entry, leaf, checkpoint."""
        zh = lang == "zh"
        parts = [f"机构 {self.organisation}" if zh else f"organisation {self.organisation}"] * bool(
            self.organisation
        )
        if self.file is not None:
            parts.append(
                f"卷宗 {self.file} 第 {self.number} 条" if zh else f"file {self.file}, entry {self.number}"
            )
        if self.leaf is not None:
            parts.append(f"封存序号 {self.leaf}" if zh else f"leaf {self.leaf}")
        if self.checkpoint is not None:
            parts.append(f"检查点 {self.checkpoint}" if zh else f"checkpoint {self.checkpoint}")
        return ("，" if zh else ", ").join(parts)

    def sentence(self, lang: Literal["zh", "en"]) -> str:
        """Where and what, as a person reads it."""
        text = SENTENCES[self.what][0 if lang == "zh" else 1].format(detail=self.detail)
        place = self.place(lang)
        if not place:
            return text
        return f"{place}：{text}" if lang == "zh" else f"{place}: {text}"


MOST = 100


@dataclass(slots=True)
class Faults:
    """Collects faults: of each place one, until a hundred are kept; what comes after them is counted only."""

    kept: list[Fault] = field(default_factory=list)
    count: int = 0
    _places: set[tuple[object, ...]] = field(default_factory=set)

    def __call__(self, fault: Fault) -> None:
        """Take one; of a place that already has a kept one nothing more is said."""
        place = (fault.organisation, fault.file, fault.number, fault.leaf, fault.checkpoint)
        if place in self._places:
            return
        self.count += 1
        if len(self.kept) < MOST:
            self._places.add(place)
            self.kept.append(fault)

    def sort(self) -> None:
        """By file and number: some faults of a file are known at its end only."""
        self.kept.sort(key=lambda fault: (fault.organisation, fault.file or "", fault.number or 0))
