"""The table of people against one text at a time, with numbers that want the same place and texts of every form."""

import hashlib
import hmac
import re
import threading
from concurrent.futures import ThreadPoolExecutor

import numpy as np
import polars as pl
import pytest

from etl.check import check
from etl.people import People
from etl.pseudonymise import Key
from etl.siphash import siphash

SECRET = bytes(range(32))
WEIGHTS = (9, 8, 7, 6, 5, 4, 3, 2, -1)


def passing(number):
    """The first number from here that passes the elfproef, as nine digits: no number of anyone is written here."""
    while sum(int(one) * weight for one, weight in zip(f"{number:09}", WEIGHTS, strict=True)) % 11:
        number += 1
    return f"{number:09}"


NINE, LOST = passing(990_000_000), passing(99_000_000)[1:]
ODD = [
    "", " ", None, NINE, LOST, "0" + LOST, f" {NINE} ", f"\t{LOST}", f"{NINE}\xa0", f"+{LOST}", f"+{NINE}", f"-{NINE}",
    f"0{NINE}", f"{LOST}a", f"{LOST[:7]}.0", "000000000", "00000019", "1e8", "9.9000000",
    NINE.translate({48 + n: 0xFF10 + n for n in range(10)}), "99999999999",
    "1_0000_000", "2147483648", "4294967295", str(int(NINE) + 1), str(int(LOST) + 1),
]  # fmt: skip


def slow(text):
    """The rule of the specification for one text: nine digits that pass the elfproef; a lost zero is restored."""
    found = re.fullmatch(r"[0-9]{8,9}", (text or "").strip())
    digits = found[0].zfill(9) if found else ""
    if not int(digits or 0) or sum(int(one) * weight for one, weight in zip(digits, WEIGHTS, strict=True)) % 11:
        return None
    return int.from_bytes(hmac.digest(SECRET, digits.encode(), hashlib.sha256)[:8], "big", signed=True)


@pytest.mark.parametrize("seed", range(4))
def test_whole_columns_get_the_pseudonyms_that_each_text_gets(seed):
    rng = np.random.default_rng(seed)
    key = Key(SECRET)
    for size in (0, 1, 50, 5_000, 3_000):  # the table grows in between
        texts = [str(one) for one in rng.integers(10_000_000, 1_000_000_000, size)]
        texts += [ODD[at] for at in rng.integers(0, len(ODD), size // 3 + (seed % 2))]
        texts = [texts[at] for at in rng.permutation(len(texts))] + texts[:7]
        frame = pl.DataFrame({"bsn": texts, "start": ["2024-01-01"] * len(texts)}, schema={"bsn": str, "start": str})
        frame = frame.with_columns(pl.int_range(pl.len(), dtype=pl.Int32).alias("_rij"), _teveel=pl.lit(value=False))
        sound, wrong = check("uitkeringen", frame, key)
        expected = [slow(text) for text in texts]
        rows = dict(zip(sound["_rij"], sound["persoon"], strict=True))
        assert [rows.get(row) for row in range(len(texts))] == expected
        assert wrong["_rij"].to_list() == [row for row, one in enumerate(expected) if one is None]


def test_many_people_at_once_get_the_same_pseudonyms():
    texts = [text for number in range(900_000_000, 900_070_000) if (text := f"{number:09}") == passing(number)]
    assert len(texts) > 6_000
    frame = pl.DataFrame({"bsn": texts, "start": ["2024-01-01"] * len(texts)})
    frame = frame.with_columns(pl.int_range(pl.len(), dtype=pl.Int32).alias("_rij"), _teveel=pl.lit(value=False))
    sound, _ = check("uitkeringen", frame, Key(SECRET))
    assert sound["persoon"].to_list() == [slow(text) for text in texts]


def test_what_two_threads_learn_at_once_is_learnt_once():
    numbers = [int(passing(number)) for number in range(990_000_000, 990_000_000 + 11 * 300, 11)]
    texts = pl.Series([str(one) for one in dict.fromkeys(numbers)])
    together = threading.Barrier(2)

    def digests(many):
        together.wait(10)
        return many.astype(np.int64)

    people = People(digests)
    with ThreadPoolExecutor(2) as pool:
        found = list(
            pool.map(lambda part: people.pseudonyms(part, lambda one: one).to_list(), [texts, texts.reverse()])
        )
    assert found == [[int(one) for one in texts], [int(one) for one in texts.reverse()]]
    assert people._count == len(texts)


def words(key, data):
    """SipHash-2-4 of any bytes in whole numbers, a word at a time, as the paper writes it."""
    mask = 2**64 - 1
    turn = lambda word, bits: ((word << bits) | (word >> (64 - bits))) & mask  # noqa: E731
    k = [int.from_bytes(key[:8], "little"), int.from_bytes(key[8:], "little")]
    v = [k[0] ^ 0x736F6D6570736575, k[1] ^ 0x646F72616E646F6D, k[0] ^ 0x6C7967656E657261, k[1] ^ 0x7465646279746573]

    def rounds(times):
        for _ in range(times):
            for a, b, c, d, one, two in ((0, 1, 2, 3, 13, 16), (2, 1, 0, 3, 17, 21)):
                v[a] = (v[a] + v[b]) & mask
                v[c if a == 0 else 0] = (v[c if a == 0 else 0] + v[d]) & mask
                v[b], v[d] = turn(v[b], one) ^ v[a], turn(v[d], two) ^ v[c if a == 0 else 0]
                v[a] = turn(v[a], 32)

    padded = data + bytes(-(len(data) + 1) % 8) + bytes([len(data) & 255])
    for at in range(0, len(padded), 8):
        word = int.from_bytes(padded[at : at + 8], "little")
        v[3] ^= word
        rounds(2)
        v[0] ^= word
    v[2] ^= 255
    rounds(4)
    return v[0] ^ v[1] ^ v[2] ^ v[3]


def test_siphash_is_that_of_the_paper():
    key = bytes(range(16))
    assert words(key, bytes(range(15))) == 0xA129CA6149BE45E5  # appendix A
    rng = np.random.default_rng(4)
    first = np.r_[rng.integers(-(2**63), 2**63 - 1, 9000), 0x0706050403020100].astype(np.int64)
    second = np.r_[rng.integers(-(2**31), 2**31 - 1, 9000), 0x0B0A0908].astype(np.int32)
    found = siphash(key, first, second)
    assert found.view(np.uint64)[-1] == 0x751E8FBC860EE5FB  # of the bytes 0 to 11: the list of the authors
    data = [one.tobytes() + other.tobytes() for one, other in zip(first[:50], second[:50], strict=True)]
    assert found.view(np.uint64)[:50].tolist() == [words(key, one) for one in data]


def test_numbers_that_want_the_same_place_stand_beside_each_other():
    # the hash is the first bits of the number times 2³² over the golden ratio: these share the first 12
    numbers = np.arange(990_000_000, 996_000_000, dtype=np.uint32)
    first = (numbers * np.uint32(2_654_435_769)) >> np.uint32(20)
    texts = [str(one) for one in numbers[first == first[0]]]
    texts = pl.Series([text for text in texts if passing(int(text)) == text][:60])
    assert len(texts) == 60
    people = People(lambda many: many.astype(np.int64))
    for part in (texts[:20], texts[10:60], texts):
        assert people.pseudonyms(part, lambda one: one).to_list() == [int(text) for text in part]
