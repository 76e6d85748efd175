"""Makes calendars/<CC>.json and calendars/differences.md. Run while developing; Entente itself reads only the JSON.

    python3 -m venv /tmp/calendars && /tmp/calendars/bin/pip install holidays
    npm install --prefix /tmp/calendars @hyunbinseo/holidays-kr date-holidays
    /tmp/calendars/bin/python calendars/make.py /tmp/calendars && npx biome format --write calendars

The argument is the folder in which the two npm packages are installed. Then read the diff: it is reviewed data.
"""

import json
import subprocess
import sys
from datetime import date
from importlib.metadata import version
from pathlib import Path

from holidays import country_holidays

FIRST, LAST = 2017, 2032
FOLDER = Path(__file__).parent

# Name, and what a reader of differences.md has to know: what we took and why.
COUNTRIES = {
    "AL": ("Albania", "We follow `holidays`: a holiday on a weekend is made up for on the next working day (Law 7651/1992). "
           "The days of both Bayrams are estimates where it says so."),
    "AM": ("Armenia", "We follow `holidays`: 3 to 5 January are days off no more since 2022, 27 January is one since 2022; "
           "`date-holidays` has the old days. The government's transfers with their working Saturdays are in the data."),
    "AZ": ("Azerbaijan", "We follow `holidays`: Novruz is five days, days off on a weekend and those that coincide move to the next "
           "working days (Labour Code, article 105), and the cabinet's transfers are in the data. `date-holidays` has one day "
           "of Novruz, nothing that moves, and 12 and 17 November, which are working days."),
    "BG": ("Bulgaria", "We follow `holidays`: since 2017 a holiday on a weekend, Easter excepted, gives the next working "
           "days off (Labour Code, article 154, paragraph 2). `date-holidays` has no substitute days."),
    "GE": ("Georgia", "We follow `holidays`: it has the new 17 May and the days off that the government adds around the New Year."),
    "GR": ("Greece", "We follow `holidays`: 1 May is moved by the ministry when it falls into Holy Week or on a Sunday."),
    "KR": ("Republic of Korea", "2018 to 2027 are as in the official gazette (`@hyunbinseo/holidays-kr`); other years follow `holidays`, "
           "which agrees with the gazette in every year both know, unless listed below. Substitute days: Seollal, Chuseok and "
           "Children's Day since 2014; Liberation, Foundation, Hangul and 3.1 Day since August 2021; Buddha's Birthday and "
           "Christmas since 2023; Labour Day and Constitution Day are public holidays since 2026 with substitutes. Memorial Day and "
           "New Year's Day have none. `date-holidays` starts Seollal a day late (its issue 640) and lacks temporary holidays. "
           "Elections after 2027 are on the day that the law gives now; temporary holidays cannot be known."),
    "MD": ("Moldova", "We follow `holidays`: 1 June is a holiday. The government's transfers of bridging days are not "
           "in any source: enter them as overrides."),
    "MK": ("North Macedonia", "We follow `holidays`: a holiday on a Sunday moves to Monday. Holidays of single communities "
           "are not days off for all and are left out: enter them as overrides of an agency."),
    "RO": ("Romania", "We follow `holidays`: Good Friday since 2018, 6 and 7 January since 2024. Bridging days that the "
           "government gives to public institutions each year are in no source: enter them as overrides."),
    "RU": ("Russia", "We follow `holidays`: it has the government's yearly transfers and working Saturdays, as far as they are "
           "published; `date-holidays` has neither. Later years have only what the Labour Code says (article 112)."),
    "RS": ("Serbia", "We follow `holidays`: a state holiday on a Sunday moves to the next working day, also over Easter Monday."),
    "TR": ("Türkiye", "We follow `holidays`. Half days (28 October, the eves of both Bayrams) count as working days here. "
           "Administrative leave around the Bayrams is decided each year: enter it as overrides."),
    "UA": ("Ukraine", "Since March 2022 public holidays are working days under martial law (Law 2136-IX, article 6); `holidays` "
           "has it so, `date-holidays` lists them as days off. We take the law as it stands, for later years as well: when martial "
           "law ends, make this file anew."),
}

SECOND = """
import Holidays from 'date-holidays';
const [country, first, last] = process.argv.slice(1);
const known = new Holidays(country);
const found = [];
for (let year = Number(first); year <= Number(last); year += 1) {
  const entries = known.getHolidays(year).filter(({ type }) => type === 'public');
  // Nine in the morning in UTC is by day in all these countries; an Islamic day begins the evening before.
  for (let at = new Date(`${year}-01-01T09:00Z`); at.getUTCFullYear() === year; at = new Date(+at + 864e5)) {
    const names = entries.filter(({ start, end }) => start <= at && at < end).map(({ name }) => name);
    if (names.length > 0) found.push([at.toISOString().slice(0, 10), names.join('; ')]);
  }
}
console.log(JSON.stringify(Object.fromEntries(found)));
"""

GAZETTE = """
import { getHolidayPreset } from '@hyunbinseo/holidays-kr';
const years = {};
for (let year = 2017; year <= 2100; year += 1) {
  try { years[year] = await getHolidayPreset(String(year)); } catch (error) { if (!(error instanceof RangeError)) throw error; }
}
console.log(JSON.stringify(years));
"""


def node(folder: Path, script: str, *words: str):
    run = subprocess.run(["node", "--input-type=module", "-e", script, *words], cwd=folder, capture_output=True, text=True, check=True)
    return json.loads(run.stdout)


def npm_version(folder: Path, package: str) -> str:
    return json.loads((folder / "node_modules" / package / "package.json").read_text())["version"]


def of_year(country: str, year: int):
    """Days off, each with its English and its local name, and the days of a weekend that are worked."""
    english = country_holidays(country, years=year, language="en_US")
    local = country_holidays(country, years=year, language=english.default_language)
    off = {day.isoformat(): {"date": day.isoformat(), "name": english[day], "local": local[day]} for day in sorted(english) if day.year == year}
    worked = sorted(day.isoformat() for day in english.weekend_workdays if day.year == year)
    return off, worked


def by_gazette(off, gazette, differences):
    """The gazette decides which days; names come with them."""
    for day in sorted(set(off) ^ set(gazette)):
        differences.append((day, off.get(day, {}).get("name") or gazette[day][0], "gazette" if day in gazette else "holidays", "the gazette"))
    merged = {}
    for day, names in sorted(gazette.items()):
        local = "; ".join(names)
        merged[day] = {"date": day, "name": off.get(day, {}).get("name", local), "local": local}
    return merged


def is_weekday(day: str) -> bool:
    return date.fromisoformat(day).weekday() < 5


def make(country: str, folder: Path, versions):
    name, why = COUNTRIES[country]
    years, worked, differences = {}, [], []
    gazette = node(folder, GAZETTE) if country == "KR" else {}
    second = node(folder, SECOND, country, str(FIRST), str(LAST))
    for year in range(FIRST, LAST + 1):
        off, working = of_year(country, year)
        if str(year) in gazette:
            off = by_gazette(off, gazette[str(year)], differences)
        years[str(year)] = list(off.values())
        worked += working
        other = {day: names for day, names in second.items() if day.startswith(str(year))}
        for day in sorted(filter(is_weekday, set(off) ^ set(other))):
            ours = day in off
            differences.append((day, off[day]["name"] if ours else other[day], "ours" if ours else "`date-holidays`", "off" if ours else "working"))
    sources = [{"source": f"holidays {versions['holidays']} (Python package)", "says": f"all days of {FIRST} to {LAST}" if country != "KR" else f"2017 and 2028 to {LAST}; English names"}]
    if gazette:
        sources.insert(0, {"source": f"@hyunbinseo/holidays-kr {versions['kr']} (from the official gazette)", "says": f"all days of {min(gazette)} to {max(gazette)}"})
    compared = len([each for each in differences if each[2] in ("ours", "`date-holidays`")])
    sources.append({"source": f"date-holidays {versions['second']} (npm package)", "says": f"compared: {compared} weekdays differ, see differences.md"})
    language = country_holidays(country).default_language
    data = {"country": country, "name": name, "language": language, "daysOff": [6, 7], "sources": sources, "holidays": years, "workingDays": worked}
    (FOLDER / f"{country}.json").write_text(render(data))
    return name, why, differences


def render(data) -> str:
    """One line for each holiday."""
    dumps = lambda value: json.dumps(value, ensure_ascii=False)
    lines = ["{"]
    lines += [f"  {dumps(key)}: {dumps(data[key])}," for key in ("country", "name", "language", "daysOff")]
    lines += ['  "sources": [', ",\n".join(f"    {dumps(each)}" for each in data["sources"]), "  ],"]
    years = [f'    "{year}": [' + (("\n" + ",\n".join(f"      {dumps(each)}" for each in days) + "\n    ") if days else "") + "]" for year, days in data["holidays"].items()]
    lines += ['  "holidays": {', ",\n".join(years), "  },", f'  "workingDays": {dumps(data["workingDays"])}', "}"]
    return "\n".join(lines) + "\n"


def report(made, versions) -> str:
    text = [
        "# Where the sources of the calendars differ", "",
        "Made by `calendars/make.py`; do not edit. Compared are weekdays only: a holiday on a weekend moves nobody's due date.", "",
        f"First source: Python's `holidays` {versions['holidays']}; for Korea the official gazette by `@hyunbinseo/holidays-kr` {versions['kr']}.",
        f"Second source: `date-holidays` {versions['second']}. Dates by the moon are estimates in all of them until they are proclaimed.", "",
    ]
    for country, (name, why, differences) in made.items():
        text += [f"## {country}, {name}", "", why, ""]
        if not differences:
            text += ["No weekday differs.", ""]
            continue
        text += ["| day | name | only in | taken |", "| --- | --- | --- | --- |"]
        text += [f"| {' | '.join(each)} |" for each in differences] + [""]
    return "\n".join(text)


def main(folder: Path) -> None:
    versions = {"holidays": version("holidays"), "kr": npm_version(folder, "@hyunbinseo/holidays-kr"), "second": npm_version(folder, "date-holidays")}
    made = {country: make(country, folder, versions) for country in sorted(COUNTRIES)}
    (FOLDER / "differences.md").write_text(report(made, versions))


if __name__ == "__main__":
    main(Path(sys.argv[1]))
