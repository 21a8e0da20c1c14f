#!/bin/bash
# One task of the array: its part of the runs. A task that is requeued, killed or started twice
# changes nothing: what is there is not computed again, and what it computes has the same bytes.
#SBATCH --job-name=@NAME@
#SBATCH --array=1-@TASKS@%@NODES@
#SBATCH --nodes=1
#SBATCH --ntasks=1
#SBATCH --cpus-per-task=@CPUS@
#SBATCH --time=@TIME@
#SBATCH --requeue
#SBATCH --output=logs/%A-%a.txt
set -euo pipefail
cd '@FOLDER@'
exec '@PROGRAM@' run @RUN@ --out results --shard "$SLURM_ARRAY_TASK_ID/@TASKS@" --threads "${SLURM_CPUS_PER_TASK:-0}"
