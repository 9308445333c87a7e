"""Chinese numerals, as clauses and dates are numbered with them."""

DIGITS = "零一二三四五六七八九"
VALUES = {character: value for value, character in enumerate(DIGITS)} | {"〇": 0, "○": 0}
TEN, HUNDRED = 10, 100


def numeral(value: int) -> str:
    """1–999 in Chinese numerals."""
    hundreds, rest = divmod(value, HUNDRED)
    tens, ones = divmod(rest, TEN)
    text = f"{DIGITS[hundreds]}百" if hundreds else ""
    if tens:
        text += ("" if tens == 1 and not hundreds else DIGITS[tens]) + "十"
    elif hundreds and ones:
        text += "零"
    return text + (DIGITS[ones] if ones or not value else "")


def value_of(text: str) -> int:
    """The number a run of Chinese or Arabic digits writes, of either width."""
    if text.isdecimal():
        return int(text)
    total = digit = 0
    for character in text:
        if character == "百":
            total, digit = total + max(digit, 1) * HUNDRED, 0
        elif character == "十":
            total, digit = total + max(digit, 1) * TEN, 0
        else:
            digit = VALUES[character]
    return total + digit
