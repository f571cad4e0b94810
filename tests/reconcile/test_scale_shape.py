"""What keeps the cost of comparing near-linear: pairs by crowded keys are few, and the nearest in time."""

from __future__ import annotations

from palabre.reconcile.conflicts import settled
from palabre.reconcile.grouping import CROWD, blocked_pairs


def test_a_key_held_by_few_pairs_each_with_each() -> None:
    keys = {f"i{n:03d}": ("k",) for n in range(CROWD)}
    pairs = list(blocked_pairs(keys))
    assert len(pairs) == len(set(pairs)) == CROWD * (CROWD - 1) // 2
    assert all(a < b for a, b in pairs)


def test_pairs_of_a_crowded_key_grow_with_its_holders() -> None:
    counts = [sum(1 for _ in blocked_pairs({f"i{n:05d}": ("k",) for n in range(size)})) for size in (1000, 2000)]
    assert counts[0] <= 1000 * CROWD // 2
    assert counts[1] < 2.1 * counts[0]


def test_those_near_in_time_meet_in_a_crowd() -> None:
    keys = {f"i{n:04d}": ("k",) for n in range(400)}
    days = {i: f"2024-{1 + n % 12:02d}-01" for n, i in enumerate(keys)}
    days |= {"i0000": "2030-01-01", "i0399": "2030-01-01"}
    pairs = set(blocked_pairs(keys, days))
    assert ("i0000", "i0399") in pairs
    assert ("i0001", "i0008") not in pairs


def test_a_weak_key_says_nothing_in_a_crowd() -> None:
    keys = {f"i{n:04d}": ("~k",) for n in range(CROWD + 1)}
    assert list(blocked_pairs(keys)) == []
    del keys["i0000"]
    assert len(list(blocked_pairs(keys))) == CROWD * (CROWD - 1) // 2


def test_the_order_of_arrival_changes_no_pair() -> None:
    keys = {f"i{n:04d}": (f"k{n % 3}", "all", f"~w{n % 7}") for n in range(200)}
    days = {i: f"2024-01-{1 + n % 28:02d}" for n, i in enumerate(keys)}
    turned = dict(reversed(keys.items()))
    assert sorted(blocked_pairs(keys, days)) == sorted(blocked_pairs(turned, days))


def test_nothing_told_comes_to_nothing() -> None:
    assert settled([]) == ()
