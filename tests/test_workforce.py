"""Work shared with other processes: its results come in order, and whoever asks for them works along."""

from __future__ import annotations

import os
import time

import pytest

from papernotes import workforce
from papernotes.workforce import Workforce

WORDS = [f"word{number}" for number in range(50)]
SHOUTED = [word.upper() for word in WORDS]


@pytest.fixture(params=[1, 3])
def cores(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> int:
    monkeypatch.setattr(workforce, "cores", lambda: request.param)
    monkeypatch.setattr(workforce, "PART", 3)
    return request.param


def who_says(number: int) -> tuple[int, int]:
    time.sleep(0.03)
    return number, os.getpid()


def test_results_come_in_the_order_of_the_items(cores: int) -> None:
    told: list[tuple[int, int]] = []
    assert Workforce(str.upper, WORDS, 5).results(lambda *done: told.append(done)) == SHOUTED
    assert told == sorted(told)
    assert told[-1] == (50, 50)


def test_every_core_works(cores: int) -> None:
    said = Workforce(who_says, range(100), 30).results(lambda *_: None)
    assert [number for number, _ in said] == list(range(100))
    assert said[-1][1] == os.getpid()
    assert len({process for _, process in said}) == cores


def test_few_items_are_worth_no_other_process(cores: int) -> None:
    assert {process for _, process in Workforce(who_says, range(9), 10).results(lambda *_: None)} == {os.getpid()}


def test_nothing_is_no_work(cores: int) -> None:
    assert Workforce(str.upper, [], 5).results(pytest.fail) == []


def test_an_error_is_an_error(cores: int) -> None:
    with pytest.raises(ValueError, match="word"):
        Workforce(int, WORDS, 5).results(lambda *_: None)


def test_no_more_processes_than_cores_that_we_may_use() -> None:
    allowed = os.sched_getaffinity(0)
    try:
        os.sched_setaffinity(0, {min(allowed)})
        assert workforce.cores() == 1
    finally:
        os.sched_setaffinity(0, allowed)
