"""Why a package is refused, in words: for the command of whoever checks and for whoever takes it in."""

from .reading import Fault, Finding

_SAID = {
    Fault.NO_PACKAGE: "“{where}”不是报送包，或者没有传完整。请让对方重发。",
    Fault.FORMAT: "报送包的格式是 {said}，本系统只收 {found}。请把两边升级到同一版。",
    Fault.UNKNOWN_KEY: "“{where}”的签名密钥没有登记，指纹是 {said}。请核对后用 exchange sender 登记。",
    Fault.SIGNATURE: "签名不符：清单被改动过，或不是登记的密钥签的。",
    Fault.VALIDITY: "生成时间 {said} 不在密钥的有效期内。",
    Fault.CONTENT: "“{where}”与签名的清单不符：被改动、缺少或多出。",
    Fault.FIGURE: "指标“{where}”写的是 {said}，由包内的行算出的是 {found}，没有接收。",
}


def told(finding: Finding) -> str:
    """Why a package is refused, as a sentence."""
    return _SAID[finding.fault].format(where=finding.where, said=finding.said, found=finding.found)
