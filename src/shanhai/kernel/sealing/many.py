"""GCM over many short values at once: one call of the block cipher for all, GHASH as a product of bits.

The cipher is that of `cryptography`; only the order of the work is ours. GHASH is linear in the ciphertext:
one matrix over the field of two elements for all values of a length. So no table is looked up by a secret,
and the time depends on lengths alone. What comes out is what NIST SP 800-38D says, bit by bit (ADR 0016).
"""

from collections.abc import Callable, Iterator
from functools import lru_cache
from typing import Any

import numpy as np
from numpy.typing import NDArray
from threadpoolctl import ThreadpoolController

_BLOCK, _BITS = 16, 128
NONCE, TAG = 12, 16
#: Rows at a time: their bits stay in the processor's cache.
_ROWS = 2048
#: x^128 in the field of GCM, whose first bit is that of x^0.
_REDUCTION = 0xE1 << 120

#: Products as small as these are slower on several processors, whose threads wait for each other by spinning.
_BLAS = ThreadpoolController()

type Bytes = NDArray[np.uint8]


class ManyGcm:
    """GCM of one key. Unit: `encrypt_blocks` takes and gives whole blocks of 16 bytes, each by itself."""

    def __init__(self, encrypt_blocks: Callable[[bytes], bytes]) -> None:
        self._encrypt_blocks = encrypt_blocks
        self._hash_key = int.from_bytes(encrypt_blocks(bytes(_BLOCK)))

    def seal(self, nonces: Bytes, plain: Bytes, aad: bytes) -> Bytes:
        """Nonce, ciphertext and tag, row by row. Shape: `nonces` n × 12, `plain` n × length."""
        sealed = np.empty((len(plain), NONCE + plain.shape[1] + TAG), np.uint8)
        for rows in _parts(len(plain)):
            mask, stream = self._streams(nonces[rows], plain.shape[1])
            ciphertext = plain[rows] ^ stream
            sealed[rows, :NONCE] = nonces[rows]
            sealed[rows, NONCE:-TAG] = ciphertext
            sealed[rows, -TAG:] = self._hashed(ciphertext, aad) ^ mask
        return sealed

    def open(self, sealed: Bytes, aad: bytes) -> tuple[Bytes, NDArray[np.bool_]]:
        """The plain texts of what `seal` made, and which rows are whole; of the others nothing is given."""
        size = sealed.shape[1] - NONCE - TAG
        plain, is_whole = np.zeros((len(sealed), size), np.uint8), np.zeros(len(sealed), np.bool_)
        for rows in _parts(len(sealed)):
            ciphertext = sealed[rows, NONCE:-TAG]
            mask, stream = self._streams(sealed[rows, :NONCE], size)
            differing = self._hashed(ciphertext, aad) ^ mask ^ sealed[rows, -TAG:]
            is_whole[rows] = np.bitwise_or.reduce(differing, axis=1) == 0
            plain[rows] = (ciphertext ^ stream) * is_whole[rows, None]
        return plain, is_whole

    def _streams(self, nonces: Bytes, size: int) -> tuple[Bytes, Bytes]:
        """What the tag is hidden with, and the key stream for `size` bytes."""
        count = 1 + -(-size // _BLOCK)
        counters = np.empty((len(nonces), count, _BLOCK), np.uint8)
        counters[:, :, :NONCE] = nonces[:, None, :]
        counters[:, :, NONCE:] = np.arange(1, count + 1, dtype=">u4").view(np.uint8).reshape(count, 4)
        encrypted = np.frombuffer(self._encrypt_blocks(counters.tobytes()), np.uint8)
        stream = encrypted.reshape(len(nonces), count * _BLOCK)
        return stream[:, :_BLOCK], stream[:, _BLOCK : _BLOCK + size]

    def _hashed(self, ciphertext: Bytes, aad: bytes) -> Bytes:
        size = ciphertext.shape[1]
        fixed, matrix = _ghash(self._hash_key, aad, size)
        bits = np.unpackbits(ciphertext, axis=1).astype(np.float32)
        with _BLAS.limit(limits=1, user_api="blas"):
            sums = bits @ matrix  # of at most some thousand ones, which single precision holds exactly
        product = sums.astype(np.int32) & 1
        hashed: Bytes = np.packbits(product.astype(np.uint8), axis=1) ^ fixed
        return hashed


def _parts(count: int) -> Iterator[slice]:
    for first in range(0, count, _ROWS):
        yield slice(first, first + _ROWS)


@lru_cache(maxsize=256)
def _ghash(hash_key: int, aad: bytes, size: int) -> tuple[Bytes, NDArray[np.float32]]:
    """GHASH for ciphertexts of `size` bytes: what `aad` and the lengths add, and the matrix of the rest."""
    blocks = -(-size // _BLOCK)
    lengths = (len(aad) * 8 << 64 | size * 8).to_bytes(_BLOCK)
    fixed = 0
    known = aad + bytes(-len(aad) % _BLOCK) + bytes(blocks * _BLOCK) + lengths
    for block in _blocks(known):
        fixed = _product(fixed ^ block, hash_key)
    power, matrices = _product(hash_key, hash_key), []
    for _ in range(blocks):  # the last block is multiplied by the square, the one before by the cube
        matrices.append(_matrix(power))
        power = _product(power, hash_key)
    matrix = np.concatenate([np.zeros((0, _BITS), np.float32), *matrices[::-1]])
    return np.frombuffer(fixed.to_bytes(_BLOCK), np.uint8), matrix[: size * 8]  # zeros behind add nothing


def _blocks(data: bytes) -> Iterator[int]:
    for first in range(0, len(data), _BLOCK):
        yield int.from_bytes(data[first : first + _BLOCK])


def _multiples(factor: int) -> Iterator[int]:
    """`factor` times x^0, x^1, … x^127."""
    for _ in range(_BITS):
        yield factor
        factor = factor >> 1 ^ _REDUCTION * (factor & 1)


def _product(one: int, other: int) -> int:
    product = 0
    for place, multiple in enumerate(_multiples(other)):
        product ^= multiple * (one >> _BITS - 1 - place & 1)
    return product


def _matrix(factor: int) -> NDArray[np.float32]:
    """Multiplication by `factor`, for bits as a row from the left."""
    rows = b"".join(multiple.to_bytes(_BLOCK) for multiple in _multiples(factor))
    bits: Any = np.unpackbits(np.frombuffer(rows, np.uint8).reshape(_BITS, _BLOCK), axis=1)
    matrix: NDArray[np.float32] = bits.astype(np.float32)
    return matrix
