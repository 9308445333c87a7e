"""Taking a package in: proved, compatible, once; a newer one takes the place of the older."""

import shutil
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import transaction

from shanhai.engines.exchange import Figure, Finding, Package, changes, read_package
from shanhai.engines.exchange.telling import told
from shanhai.engines.signing import PublicKey, plain
from shanhai.engines.values import Period, PeriodError
from shanhai.kernel import clock
from shanhai.kernel.errors import NotVisible, RuleViolated
from shanhai.kernel.indicators.registry import registry as indicators
from shanhai.registers.signing.keys import take_key
from shanhai.registers.signing.models import SigningKey

from .models import ExchangePackage, ExchangeSender


@dataclass(frozen=True)
class Taken:
    """`is_new` False: the same package was taken before, and nothing changed."""

    package: ExchangePackage
    is_new: bool


def trusted_keys() -> dict[str, PublicKey]:
    """Keys registered beforehand, by fingerprint."""
    return {key.fingerprint: key.told for key in SigningKey.objects.all()}


def register_sender(code: str, name: str, key: PublicKey) -> ExchangeSender:
    """A sender and its key; again, with its next key. Errors: RuleViolated for a key that is known."""
    sender, _made = ExchangeSender.objects.update_or_create(code=code, defaults={"name": name})
    take_key(key, name)
    return sender


def take(path: Path, by: str) -> Taken:
    """Take a package in. Errors: RuleViolated with the sentence that says what does not hold."""
    package = read_package(path, trusted_keys())
    if isinstance(package, Finding):
        raise RuleViolated(told(package), code="package_refused")
    known = ExchangePackage.objects.filter(digest=package.digest).first()
    if known is not None:
        return Taken(known, is_new=False)
    sender = _sender(package)
    _require_compatible(package)
    with transaction.atomic():
        made = _kept(sender, package, by)
        _keep_file(path, made)
    return Taken(made, is_new=True)


def _sender(package: Package) -> ExchangeSender:
    """The sender it names, if the key is one of that sender's. Errors: RuleViolated."""
    sender = ExchangeSender.objects.filter(code=package.header.sender).first()
    holder = SigningKey.objects.get(fingerprint=package.fingerprint).holder
    if sender is None or holder != sender.name:
        sentence = f"报送包写的是“{package.header.name}”，签名密钥却是“{holder}”的，没有接收。"
        raise RuleViolated(sentence, code="package_refused")
    return sender


def _require_compatible(package: Package) -> None:
    """Definitions here and there are the same ones. Errors: RuleViolated."""
    try:
        period = Period.parse(package.header.period)
    except PeriodError:
        raise RuleViolated(
            f"读不懂报送包的所属期“{package.header.period}”。", code="package_refused"
        ) from None
    for figure in package.figures:
        try:
            here = indicators.get(figure.code, period).valid_from.isoformat()
        except NotVisible:
            here = "没有这个指标"
        if here != figure.version:
            sentence = (
                f"指标“{figure.code} {figure.name}”的口径是 {figure.version} 版，本系统是 {here}。请先升级。"
            )
            raise RuleViolated(sentence, code="package_refused")


def _kept(sender: ExchangeSender, package: Package, by: str) -> ExchangePackage:
    header = package.header
    same = ExchangePackage.objects.select_for_update().filter(exchange_sender=sender, period=header.period)
    before = same.filter(is_newest=True).first()
    is_newest = before is None or header.made_at > before.packed_at
    if before is not None and is_newest:
        before.is_newest = False
        before.save(update_fields=["is_newest"])
    after = {one.code: one for one in package.figures}
    made = ExchangePackage(
        exchange_sender=sender,
        period=header.period,
        cut_off=header.known_on,
        packed_at=header.made_at,
        digest=package.digest,
        fingerprint=package.fingerprint,
        sent_rows=package.rows,
        sent_figures=[plain(asdict(one)) for one in package.figures],
        changed_figures=_differences(before.by_code, after) if before is not None and is_newest else [],
        is_newest=is_newest,
        accepted_at=clock.now(),
        accepted_by=by,
    )
    made.save(force_insert=True)
    return made


def _differences(before: Mapping[str, Figure], after: Mapping[str, Figure]) -> list[Any]:
    return [
        plain({"code": one.code, "name": one.name, "unit": one.unit, "was": was, "now": now})
        for one, was, now in changes(before, after)
    ]


def file_of(package: ExchangePackage) -> Path:
    """Where the package lies; it holds nothing of a person."""
    return Path(settings.SHANHAI_FILES) / "exchange" / f"{package.digest}.zip"


def _keep_file(path: Path, package: ExchangePackage) -> None:
    target = file_of(package)
    target.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    shutil.copyfile(path, target)
