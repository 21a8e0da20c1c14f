#!/bin/bash
# After the array: what is missing, then summary and charts of the whole.
#SBATCH --job-name=@NAME@-merge
#SBATCH --nodes=1
#SBATCH --ntasks=1
#SBATCH --time=@TIME@
#SBATCH --output=logs/merge.txt
set -euo pipefail
cd '@FOLDER@'
exec '@PROGRAM@' merge 'results/@RESULTS@'
