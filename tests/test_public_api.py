"""Every public name is documented: its parameters, and the errors that it raises."""

from __future__ import annotations

import builtins
import inspect
import re
from collections.abc import Callable, Iterator
from itertools import chain
from types import ModuleType
from typing import Any

import pytest

import searchkit
import searchkit_analyzers
from searchkit import errors

MODULES = (searchkit, searchkit_analyzers)
RAISES = re.compile(r"^ *Raises:\n((?: +.*\n|\n)+)", re.MULTILINE)


def public_functions() -> Iterator[Any]:
    """Yield each exported function, and each public method of the exported classes."""
    for module in MODULES:
        for name in module.__all__:
            exported = getattr(module, name)
            owner = exported if inspect.isclass(exported) else type(exported)
            if inspect.isfunction(exported):
                yield pytest.param(exported, id=f"{module.__name__}.{name}")
            elif owner.__module__.startswith(module.__name__):
                yield from (
                    pytest.param(function, id=f"{module.__name__}.{name}.{function.__name__}")
                    for function in public_methods(owner)
                )


def public_methods(owner: type) -> Iterator[Callable[..., Any]]:
    """Yield the methods of a class, inherited ones and properties included."""
    own_classes = (each for each in owner.__mro__ if each.__module__.startswith("searchkit"))
    for name, member in chain.from_iterable(vars(each).items() for each in own_classes):
        function = getattr(member, "__func__", None) or getattr(member, "fget", None) or member
        if not name.startswith("_") and inspect.isfunction(function):
            yield function


def by_kind(name: str) -> tuple[bool, bool, str]:
    """Sort constants before classes before functions, as ruff does."""
    return not name.isupper(), not name[0].isupper(), name


def parameters(function: Callable[..., Any]) -> list[str]:
    return [name for name in inspect.signature(function).parameters if name not in ("self", "cls")]


@pytest.mark.parametrize("module", MODULES)
def test_exported_names_are_sorted_and_exist(module: ModuleType) -> None:
    assert list(module.__all__) == sorted(module.__all__, key=by_kind)
    assert set(module.__all__) <= set(dir(module))
    for name in module.__all__:
        assert getattr(module, name) is not None


@pytest.mark.parametrize("function", list(public_functions()))
def test_every_parameter_is_documented(function: Callable[..., Any]) -> None:
    text = inspect.getdoc(function) or ""
    assert text
    for name in parameters(function):
        assert re.search(rf"`{name}`|^ +{name}: ", text, re.MULTILINE), name


@pytest.mark.parametrize("function", list(public_functions()))
def test_documented_parameters_and_errors_exist(function: Callable[..., Any]) -> None:
    text = (inspect.getdoc(function) or "") + "\n"
    if "Args:" in text:
        section = text.partition("Args:\n")[2].partition("\n\n")[0]
        named = re.findall(r"^    (\w+): ", section, re.MULTILINE)
        assert named == parameters(function)
    for section in RAISES.findall(text):
        for names in re.findall(r"^    (\w+(?:, \w+)*): ", section, re.MULTILINE):
            for name in names.split(", "):
                error = getattr(errors, name, None) or getattr(builtins, name)
                assert issubclass(error, Exception)


@pytest.mark.parametrize("name", sorted(name for name in searchkit.__all__ if name[0].isupper()))
def test_every_public_class_is_documented(name: str) -> None:
    exported = getattr(searchkit, name)
    assert exported.__doc__ and not exported.__doc__.startswith(f"{name}(")
