#!/bin/bash
# Starts the array, and the merge after it, however the tasks ended.
set -euo pipefail
cd '@FOLDER@'
array=$(sbatch --parsable array.sh)
merge=$(sbatch --parsable --dependency="afterany:${array%%;*}" merge.sh)
echo "array ${array%%;*}, merge ${merge%%;*}; results: @FOLDER@/results/@RESULTS@"
