"""The servers on one machine without Docker: fetch, start and stop a real Elasticsearch and Redis.

stack = Stack.of_this_machine(state_folder(), cache_folder())
stack.start_servers(Silent())
...
stack.stop()
"""

from stack.environment import Addresses
from stack.errors import StackError
from stack.local import Stack
from stack.options import StackOptions
from stack.processes import ProcessStatus
from stack.reporting import Report, Silent, Spoken

__all__ = [
    "Addresses",
    "ProcessStatus",
    "Report",
    "Silent",
    "Spoken",
    "Stack",
    "StackError",
    "StackOptions",
]
