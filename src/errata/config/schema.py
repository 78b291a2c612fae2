"""The keys of the settings: what each takes, and what is said to one that is not known."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path
from types import MappingProxyType
from typing import Any, cast

from errata.config.config import Config
from errata.config.config_error import ConfigError
from errata.report.levels import LEVELS
from errata.report.report import Level
from errata.report.rule_names import RULE_NAMES


def parse(config: Config, table: Mapping[str, Any], path: Path) -> Config:
    """Return the settings with those of a table of a file in place of what was set before. Raises ConfigError."""
    for key, value in _flat(table, path):
        field = key.rpartition(".")[2].replace("-", "_")
        try:
            read = _KEYS[key](value, config.root)
        except _Unfit as error:
            raise ConfigError(f"{path}: `{key}` {error}") from error
        sources = MappingProxyType({**config.sources, key: path})
        config = config._replace(sources=sources, **{field: read})
    return config


def _flat(table: Mapping[str, Any], path: Path) -> list[tuple[str, Any]]:
    """Return keys with their values, those of the notation with its name before them."""
    pairs: list[tuple[str, Any]] = []
    for key, value in table.items():
        if key == "notation":
            if not isinstance(value, dict):
                raise ConfigError(f"{path}: `notation` is a table")
            pairs += [(f"notation.{inner}", what) for inner, what in value.items()]
        else:
            pairs.append((key, value))
    for key, _ in pairs:
        if key not in _KEYS:
            raise ConfigError(f"{path}: there is no setting `{key}`{_advice(key)}")
    return pairs


def _advice(key: str) -> str:
    from difflib import get_close_matches

    last = {known.rpartition(".")[2]: known for known in _KEYS}
    near = get_close_matches(key, _KEYS, n=1) or [
        last[word] for word in get_close_matches(key.rpartition(".")[2], last, n=1)
    ]
    return f": did you mean `{near[0]}`?" if near else f"; there are {', '.join(_KEYS)}"


# Values ----------------------------------------------------------------------------------------------


class _Unfit(Exception):
    """A value of the wrong kind; the message goes on after the key."""


def _switch(value: Any, _: Path) -> bool:
    if not isinstance(value, bool):
        raise _Unfit(f"is true or false, not {value!r}")
    return value


def _seconds(value: Any, _: Path) -> float:
    if isinstance(value, bool) or not isinstance(value, int | float) or not 0 < value < 1e6:
        raise _Unfit(f"is a number of seconds above 0, not {value!r}")
    return float(value)


def _texts(value: Any, _: Path) -> tuple[str, ...]:
    if not isinstance(value, list) or not all(isinstance(item, str) and item.strip() for item in value):
        raise _Unfit(f"is a list of texts, not {value!r}")
    return tuple(value)


def _paths(value: Any, root: Path) -> tuple[Path, ...]:
    return tuple(root / text for text in _texts(value, root))


def _path(value: Any, root: Path) -> Path:
    if not isinstance(value, str) or not value:
        raise _Unfit(f"is a path, not {value!r}")
    return root / value


def _base(value: Any, _: Path) -> str:
    text = str(value).strip() if not isinstance(value, bool) else ""
    if text not in ("2", "10", "e"):
        raise _Unfit(f'is 2, 10 or "e", not {value!r}')
    return text


def _layout(value: Any, _: Path) -> str:
    if value not in ("numerator", "denominator"):
        raise _Unfit(f'is "numerator" or "denominator", not {value!r}')
    return str(value)


def _names(value: Any, _: Path) -> Mapping[str, str]:
    if not isinstance(value, dict) or not all(isinstance(v, str) and v.strip() for v in value.values()):
        raise _Unfit(f'gives names their sorts, such as {{ W = "\\\\mathbb{{R}}^{{n}}" }}, not {value!r}')
    for text in (*value, *value.values()):
        if "$" in text or "\n" in text:
            raise _Unfit(f"takes no dollar signs and no line ends, as in {text!r}")
    return MappingProxyType(dict(value))


def _rules(value: Any, _: Path) -> Mapping[str, Level]:
    if not isinstance(value, dict):
        raise _Unfit(f"gives rules their levels, not {value!r}")
    found: dict[str, Level] = {}
    for rule, level in value.items():
        if rule not in RULE_NAMES:
            from difflib import get_close_matches

            near = get_close_matches(rule, RULE_NAMES, n=1)
            told = f"did you mean `{near[0]}`?" if near else f"the rules are {', '.join(sorted(RULE_NAMES))}"
            raise _Unfit(f"names `{rule}`, which is no rule: {told}")
        if level not in LEVELS and level != "on":
            raise _Unfit(f"gives `{rule}` the level {level!r}; it is one of on, {', '.join(LEVELS)}")
        if level != "on":
            found[rule] = cast(Level, level)
    return MappingProxyType(found)


_KEYS: Mapping[str, Callable[[Any, Path], Any]] = MappingProxyType(
    {
        "paths": _paths,
        "exclude": _texts,
        "strict": _switch,
        "timeout": _seconds,
        "rules": _rules,
        "baseline": _path,
        "notation.log-base": _base,
        "notation.layout": _layout,
        "notation.names": _names,
        "notation.declare": _texts,
    }
)
KEYS = tuple(_KEYS)
