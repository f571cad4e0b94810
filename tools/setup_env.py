"""Creates `.venv` and installs Palabre in it, in editable mode with its development tools; does nothing when done.

Run by `make setup` with whatever `python3` the machine has, so this file must stay readable to an old one: standard
library only. What was installed is remembered as a fingerprint in `.venv/.palabre-setup`: while `pyproject.toml` and
`constraints.txt` do not change, a second run touches neither the disk nor the network.
"""

import hashlib
import os
import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
VENV = ROOT / ".venv"
STAMP = VENV / ".palabre-setup"
OLDEST = (3, 11)
NAMES = ("python3", "python3.13", "python3.12", "python3.11")


def fingerprint() -> str:
    """Return a hash of what decides the environment's content, and of the place it was made in."""
    digest = hashlib.sha256(str(VENV).encode())
    for name in ("pyproject.toml", "constraints.txt"):
        digest.update((ROOT / name).read_bytes())
    return digest.hexdigest()


def is_ready() -> bool:
    """Tell whether the environment was made from the present files."""
    if not (VENV / "bin" / "palabre").exists() or not STAMP.exists():
        return False
    return STAMP.read_text(encoding="utf-8").strip() == fingerprint()


def find_python() -> str:
    """Return the path of a Python that is recent enough, or leave with a sentence."""
    if sys.version_info >= OLDEST:
        return sys.executable
    for name in NAMES:
        path = shutil.which(name)
        if path and quiet([path, "-c", f"import sys; sys.exit(sys.version_info < {OLDEST})"]):
            return path
    sys.exit("setup: Palabre needs Python 3.11 or later, and none was found on this machine.")


def quiet(command: "list[str]") -> bool:
    """Run a command without showing what it prints; tell whether it went well."""
    try:
        return (
            subprocess.run(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, check=False).returncode == 0
        )
    except OSError:
        return False


def loud(command: "list[str]") -> None:
    """Run a command that must go well, or leave with a sentence."""
    if subprocess.run(command, check=False).returncode != 0:
        sys.exit(f"setup: this command failed, so .venv is not complete: {' '.join(command)}")


def make_venv(python: str) -> None:
    """Create `.venv` with pip in it, by the first way this machine allows.

    Debian ships Python without `ensurepip`: then a system pip, `virtualenv` or, as root, the missing package will do.
    """
    pip = [str(VENV / "bin" / "python"), "-m", "pip", "--version"]
    if quiet(pip):
        return
    shutil.rmtree(VENV, ignore_errors=True)
    if quiet([python, "-m", "venv", str(VENV)]) and quiet(pip):
        return
    shutil.rmtree(VENV, ignore_errors=True)
    if quiet([python, "-m", "virtualenv", str(VENV)]) and quiet(pip):
        return
    shutil.rmtree(VENV, ignore_errors=True)
    if quiet([python, "-m", "venv", "--without-pip", str(VENV)]):
        if quiet([python, "-m", "pip", "--python", str(VENV), "install", "-q", "pip"]) and quiet(pip):
            return
        shutil.rmtree(VENV, ignore_errors=True)
    if os.geteuid() == 0 and shutil.which("apt-get"):
        print("setup: installing Debian's python3-venv", flush=True)
        version = subprocess.run(
            [python, "-c", "import sys; print('%d.%d' % sys.version_info[:2])"],
            stdout=subprocess.PIPE,
            check=True,
        )
        package = "python" + version.stdout.decode().strip() + "-venv"
        quiet(["apt-get", "update", "-qq"])
        for name in (package, "python3-venv"):
            install = ["apt-get", "install", "-y", "-qq", "--no-install-recommends", name]
            if quiet(install) and quiet([python, "-m", "venv", str(VENV)]) and quiet(pip):
                return
        shutil.rmtree(VENV, ignore_errors=True)
    sys.exit("setup: Python's venv module is incomplete here; install the package python3-venv, then run make again.")


def install() -> None:
    """Install the package and its development tools at the pinned versions."""
    os.environ.update(PIP_DISABLE_PIP_VERSION_CHECK="1", PIP_NO_INPUT="1", PIP_ROOT_USER_ACTION="ignore")
    pip = [str(VENV / "bin" / "python"), "-m", "pip", "install", "-qq", "-c", str(ROOT / "constraints.txt")]
    loud([*pip, "-e", f"{ROOT}[dev,web]"])


def main() -> None:
    """Make the environment unless it is there already."""
    if is_ready():
        return
    python = find_python()
    print("setup: creating .venv and installing Palabre (a few minutes the first time)", flush=True)
    make_venv(python)
    install()
    STAMP.write_text(fingerprint() + "\n", encoding="utf-8")
    print("setup: done, .venv/bin/palabre is ready", flush=True)


if __name__ == "__main__":
    main()
