import pytest

from cosmodrome.orbit.exchange.clocks import day_and_seconds, utc_series


@pytest.mark.parametrize(
    "text",
    [
        "",
        "2027-01-01",
        "2027-01-01 00:00:00",
        "2027-1-1T00:00:00",
        "2027-01-01T00:00:00+02:00",
        "27-001T00:00:00",
    ],
)
def test_other_forms_are_refused(text):
    with pytest.raises(ValueError, match=r"is not of the form 2027-01-31T12:00:00\.000"):
        day_and_seconds(text)


@pytest.mark.parametrize("text", ["2027-02-29T00:00:00", "2027-366T00:00:00", "2027-000T00:00:00"])
def test_days_that_are_not_there(text):
    with pytest.raises(ValueError, match="is no day of the calendar"):
        day_and_seconds(text)


@pytest.mark.parametrize("text", ["2027-01-01T24:00:00", "2027-01-01T00:60:00", "2027-01-01T00:00:61"])
def test_times_that_are_not_there(text):
    with pytest.raises(ValueError, match="is no time of day"):
        day_and_seconds(text)


def test_leap_days_and_leap_seconds():
    assert day_and_seconds("2028-366T00:00:00") == day_and_seconds("2028-12-31T00:00:00")
    assert day_and_seconds("2016-12-31T23:59:60.5")[1] == 86400.5


def test_fractions_beyond_the_microsecond_stay_in_the_elapsed_time():
    tags = [day_and_seconds("2027-01-01T00:00:00.1234567"), day_and_seconds("2027-01-02T00:00:00.1234567")]
    epoch, elapsed = utc_series(tags, "UTC")
    assert epoch.microsecond == 123457
    assert elapsed[0] == pytest.approx(-3e-7, abs=1e-10)
    assert elapsed[1] - elapsed[0] == pytest.approx(86400, abs=1e-10)


def test_the_leap_seconds_are_those_of_the_instant():
    # TAI - UTC was 36 s until the end of 2016 (IERS Bulletin C 52)
    assert (
        utc_series([day_and_seconds("2017-01-01T00:00:35.5")], "TAI")[0].isoformat()[:19]
        == "2016-12-31T23:59:59"
    )
    assert (
        utc_series([day_and_seconds("2017-01-01T00:00:37")], "TAI")[0].isoformat()[:19]
        == "2017-01-01T00:00:00"
    )
