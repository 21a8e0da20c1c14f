"""@NAME@ on a Dask cluster: python run_dask.py [SCHEDULER]

Without a scheduler's address the parts run on this computer. A part that is lost with its worker is
started again elsewhere; what was saved is not computed again. Needs: pip install distributed
"""

import subprocess
import sys

from distributed import Client, as_completed

PROGRAM = @PROGRAM_QUOTED@
RUN = @RUN_LIST@
PARTS = @TASKS@


def part(index):
    command = [PROGRAM, "run", *RUN, "--out", "results", "--shard", f"{index}/{PARTS}", "--quiet"]
    done = subprocess.run([*command, "--threads", "@CPUS@"], capture_output=True, text=True)
    # 3: some runs failed; they are recorded, and trying again would not help.
    if done.returncode not in (0, 3):
        raise RuntimeError(done.stderr)
    return index


def main():
    with Client(*sys.argv[1:2]) as client:
        parts = client.map(part, range(1, PARTS + 1), pure=False, retries=3)
        for future in as_completed(parts):
            print(f"part {future.result()} of {PARTS} is there", flush=True)
    return subprocess.run([PROGRAM, "merge", "results/@RESULTS@"]).returncode


if __name__ == "__main__":
    sys.exit(main())
