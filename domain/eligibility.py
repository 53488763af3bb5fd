"""Stub."""
from typing import Any
def read(data: Any) -> Any:
    return data
