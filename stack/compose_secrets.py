"""The secrets of docker-compose.yml as files: `python -m stack.compose_secrets FOLDER`.

What is there is kept, what is missing is made, and the file of Redis users is written anew from
the passwords each time, so that after an upgrade it holds the rules of the new version.

The folder is closed to all but its owner. The files in it are open to read, because the users of
the containers, who have other numbers than the owner, see only the single files that the compose
file gives them.
"""

from __future__ import annotations

import argparse
import secrets
from pathlib import Path

from stack.redis import RULES, acl_text

REDIS_USERS_FILE = "redis_users.acl"
OTHERS = ("elastic_password", "kibana_password", "kibana_encryption_key")
FLOWER_LOGIN = "flower_login"


def redis_password_file(user: str) -> str:
    """The name of the file with the password of this Redis user; `default` administers."""
    name = "admin" if user == "default" else user.replace("-", "_")
    return f"redis_{name}_password"


def file_names() -> frozenset[str]:
    """All that `make_secrets` leaves in its folder."""
    passwords = {redis_password_file(user) for user in RULES}
    return frozenset(passwords | {*OTHERS, FLOWER_LOGIN, REDIS_USERS_FILE})


def make_secrets(folder: Path) -> list[str]:
    """Complete the folder; returns the names of the secrets that were made now.

    Raises:
        OSError: the folder or a file in it cannot be read or written.
    """
    folder.mkdir(parents=True, exist_ok=True)
    folder.chmod(0o700)
    made = []
    for name in (*map(redis_password_file, RULES), *OTHERS, FLOWER_LOGIN):
        if not (folder / name).exists():
            word = secrets.token_urlsafe(32)
            _write(folder / name, f"flower:{word}" if name == FLOWER_LOGIN else word)
            made.append(name)
    passwords = {
        user: (folder / redis_password_file(user)).read_text(encoding="utf-8").strip()
        for user in RULES
    }
    _write(folder / REDIS_USERS_FILE, acl_text(passwords))
    return made


def _write(file: Path, text: str) -> None:
    """In one step, so that an interrupted run leaves no half of a secret."""
    part = file.with_name(file.name + ".part")
    part.write_text(text.rstrip("\n") + "\n", encoding="utf-8")
    part.chmod(0o444)
    part.replace(file)


def main() -> None:
    """Make the secrets and say which, never what."""
    parser = argparse.ArgumentParser(description="Make the secrets of docker-compose.yml.")
    parser.add_argument("folder", type=Path, help="where to; `secrets` is where compose looks")
    folder: Path = parser.parse_args().folder
    try:
        made = make_secrets(folder)
    except OSError as error:
        raise SystemExit(f"The secrets could not be written: {error}") from error
    print(f"{folder}: made {', '.join(made)}" if made else f"{folder}: all were there")


if __name__ == "__main__":
    main()
