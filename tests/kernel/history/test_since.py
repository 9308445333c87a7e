"""What has become of a figure since a day, told by the API."""

from datetime import timedelta
from typing import Any

from kernel.indicators.conftest import Toys
from shanhai.kernel import clock

FIGURE = "/api/v1/indicators/TOY-1/"
TOLD = {"period": "2021Q3", "side": "west"}


def test_what_changed_since_a_day_is_told_row_by_row(days: None, cast: Any, client_of: Any) -> None:
    toys, yesterday = Toys(cast), clock.today() - timedelta(days=1)
    with clock.at(yesterday):
        shop = toys.workshop("W1")
        toys.output(shop, "2021-07", 5)
    later = toys.output(shop, "2021-08", 7)
    asked = {**TOLD, "day": yesterday.isoformat()}
    answer = client_of("bob").get(f"{FIGURE}since/", asked).json()
    assert (answer["was"], answer["now"], answer["difference"]) == ("5", "12", "7")
    assert [(one["turn"], one["rows"]) for one in answer["turns"]] == [("new", 1)]
    assert [one["id"] for one in answer["rows"]] == [str(later.pk)]
    past = client_of("bob").get(FIGURE, {**TOLD, "known_on": yesterday.isoformat()}).json()
    assert past["value"] == "5"
