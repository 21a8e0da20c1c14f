"""Our statistics against SALib, scipy, statsmodels and the EMA Workbench, on the same runs."""

import glob
import io
import json
import subprocess
import sys

import numpy as np
import pandas as pd
from SALib.analyze import morris, pawn, sobol
from scipy import stats
from statsmodels.stats.proportion import proportion_confint
from statsmodels.stats.weightstats import ttost_paired

program, here = sys.argv[1:3]
checks = 0


def ours(*arguments):
    return subprocess.run([program, *arguments], check=True, capture_output=True, text=True).stdout


def close(found, expected, within, what):
    global checks
    found, expected = np.asarray(found, float), np.asarray(expected, float)
    assert found.size > 0 and found.shape == expected.shape, (what, found.shape, expected.shape)
    apart = np.max(np.abs(found - expected))
    assert apart <= within, f"{what}: {found} and not {expected}"
    checks += 1


def runs(folder, outcomes):
    long = pd.read_csv(io.StringIO(ours("export", folder, "--outcomes", ",".join(outcomes))))
    return long.pivot_table(index=["design_id", "replicate"], columns="outcome", values="value")


def design(name):
    found = json.loads(
        ours("sensitivity", f"{here}/{name}.toml", "--out", name, "--quiet", "--json")
    )
    folder = found["folder"]
    points = pd.read_csv(f"{folder}/design.csv")
    factors = [column for column in points.columns if column not in ("design_id", "scenario", "arm")]
    bounds = {"gain": [0.02, 0.12], "hierarchy": [0.1, 0.9], "base": [-2.0, 0.0]}
    problem = {
        "num_vars": len(factors),
        "names": factors,
        "bounds": [bounds[factor] for factor in factors],
    }
    means = runs(folder, ["wins", "trust_end"]).groupby("design_id").mean()
    return pd.DataFrame(found["indices"]), points[factors].to_numpy(), problem, means


def indices(rows, outcome, index):
    return rows[(rows.outcome == outcome) & (rows["index"] == index)]


rows, points, problem, means = design("saltelli")
block = 2 * problem["num_vars"] + 2
independent = np.arange(len(points)) % block
independent = (independent == 0) | (independent == block - 1)
for outcome in ["wins", "trust_end"]:
    values = means[outcome].to_numpy()
    theirs = sobol.analyze(problem, values, calc_second_order=True, num_resamples=10, seed=1)
    for index in ["S1", "ST"]:
        close(indices(rows, outcome, index).value, theirs[index], 1e-9, f"{index} of {outcome}")
    upper = theirs["S2"][np.triu_indices(problem["num_vars"], 1)]
    close(indices(rows, outcome, "S2").value, upper, 1e-9, f"S2 of {outcome}")
    # Their last part leaves out the largest value of a factor, ours holds it.
    theirs = pawn.analyze(problem, points[independent], values[independent], S=10)
    close(indices(rows, outcome, "pawn").value, theirs["median"], 0.03, f"PAWN of {outcome}")

rows, points, problem, means = design("morris")
for outcome in ["wins", "trust_end"]:
    values = means[outcome].to_numpy()
    theirs = morris.analyze(problem, points, values, num_levels=4, num_resamples=10, seed=1)
    for index in ["mu", "mu_star", "sigma"]:
        found = indices(rows, outcome, index).value
        close(found, theirs[index], 1e-9 * (1 + np.max(np.abs(theirs[index]))), f"{index} of {outcome}")

answers = json.loads(
    ours("compare", "experiments/chair-and-rules", "--replicates", "40", "--out", "arms", "--quiet", "--json")
)
folder = answers["folder"]
wanted = ["wins", "trust_end", "burnt_out", "success"]
table = runs(folder, wanted)
differences = pd.DataFrame(answers["differences"])
for _, row in differences[differences.outcome.isin(wanted)].iterrows():
    both = [table.loc[point][row.outcome] for point in (row.design_id, row.baseline_id)]
    both = pd.concat(both, axis=1).dropna().to_numpy()
    here_, there = both[:, 0], both[:, 1]
    what = f"{row.outcome} of {row.design_id}"
    if np.ptp(here_ - there) == 0:
        continue
    test = stats.ttest_rel(here_, there)
    for level, name in [(0.95, "student"), (0.90, "ninety")]:
        low, high = test.confidence_interval(level)
        ends = [row[name]["low"], row[name]["high"]]
        close(ends, [low, high], 1e-6 * (1 + abs(high)), f"{name} of {what}")
    above = stats.mannwhitneyu(here_, there).statistic / (len(here_) * len(there))
    close([row.superiority], [above], 1e-9, f"A of {what}")
    # Equivalence is two one-sided tests at 5 % each.
    p, *_ = ttost_paired(here_, there, -row.smallest, row.smallest)
    assert (row.verdict == "equivalent") == (p < 0.05) or row.verdict in ("better", "worse", "higher", "lower"), (
        what,
        row.verdict,
        p,
    )
    checks += 1

summary = pd.read_csv(f"{folder}/summary.csv")
for _, row in summary[summary.outcome == "success"].iterrows():
    yes = round(row["mean"] * row["n"])
    low, high = proportion_confint(yes, row["n"], method="wilson")
    close([row.ci_low, row.ci_high], [low, high], 1e-9, "Wilson's interval")

print(f"{checks} figures equal those of SALib, scipy, statsmodels")
