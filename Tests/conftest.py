"""What all tests of the whole program share."""

from __future__ import annotations

from collections.abc import Generator

import pytest

from desk import Desk
from servers import MailServers


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item: pytest.Item, call: pytest.CallInfo[None]) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """Beside each failure stands what the servers of the test's module logged: whoever reads it may not be able to repeat it."""
    report = yield
    if report.failed:
        report.sections += [("desk", desk.last_words()) for desk in Desk.open]
        report.sections += [("mail servers", servers.last_words()) for servers in MailServers.open]
    return report
