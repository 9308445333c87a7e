"""Fields that every chapter uses for persons and bodies: identity number, phone, unified credit code."""

import secrets
from collections.abc import Sequence
from datetime import date
from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models

from shanhai.kernel import clock
from shanhai.kernel.fields import Described, SealedField
from shanhai.kernel.sealing import Kind

from .identity import IdentityNumber, NumberRefused, UnifiedCreditCode, parse_phone
from .identity_columns import right_as_written


def _is_demonstration() -> bool:
    return settings.SHANHAI_DEMONSTRATION_TODAY is not None


class IdentityNumberField(SealedField):
    """Citizen identity number 居民身份证号, 18 characters after normalising.

    Source: GB 11643-1999 (check digit, birth date, sex).
    """

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("kind", Kind.IDENTITY)
        super().__init__(*args, **kwargs)

    def normalise(self, text: str) -> str:
        return parse_identity(text, clock.today()).number

    def normalised(self, texts: Sequence[str]) -> list[str | ValidationError]:
        right = right_as_written(texts, clock.today(), demonstration=_is_demonstration())
        others = iter(
            super().normalised([text for text, is_right in zip(texts, right, strict=True) if not is_right])
        )
        return [text if is_right else next(others) for text, is_right in zip(texts, right, strict=True)]


def parse_identity(text: str, today: date) -> IdentityNumber:
    """Errors: ValidationError with the sentence of the rule that failed."""
    try:
        return IdentityNumber.parse(text, today, demonstration=_is_demonstration())
    except NumberRefused as refused:
        raise ValidationError(refused.message, code=refused.code) from None


class PhoneField(SealedField):
    """A telephone number, mobile or fixed line."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("kind", Kind.PHONE)
        super().__init__(*args, **kwargs)

    def normalise(self, text: str) -> str:
        try:
            return parse_phone(text)
        except NumberRefused as refused:
            raise ValidationError(refused.message, code=refused.code) from None


class CreditCodeField(Described, models.CharField[Any, Any]):
    """Unified social credit code 统一社会信用代码.

    Source: GB 32100-2015.
    """

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("max_length", 18)
        super().__init__(*args, **kwargs)

    def to_python(self, value: Any) -> Any:
        if not value:
            return value
        try:
            return UnifiedCreditCode.parse(str(value), demonstration=_is_demonstration()).code
        except NumberRefused as refused:
            raise ValidationError(refused.message, code=refused.code) from None


class WrittenNumberField(IdentityNumberField):
    """An identity number as a list writes it: right ones normalised, wrong ones kept as they are."""

    def normalise(self, text: str) -> str:
        try:
            return super().normalise(text)
        except ValidationError:
            return text.strip()

    def normalised(self, texts: Sequence[str]) -> list[str | ValidationError]:
        return [
            text.strip() if isinstance(found, ValidationError) else found
            for text, found in zip(texts, super().normalised(texts), strict=True)
        ]


class WrittenPhoneField(PhoneField):
    """A telephone number as a list writes it."""

    def normalise(self, text: str) -> str:
        try:
            return super().normalise(text)
        except ValidationError:
            return text.strip()


class CheckCodeField(models.CharField[Any, Any]):
    """Eight characters nobody guesses, made with the row: numbers cannot be tried one after another."""

    #: Letters and digits that nobody takes for another.
    ALPHABET = "23456789ABCDEFGHJKLMNPQRSTUVWXYZ"

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **{"max_length": 8, "editable": False, "blank": True, **kwargs})

    def get_default(self) -> str:
        return "".join(secrets.choice(self.ALPHABET) for _place in range(8))
