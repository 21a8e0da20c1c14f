"""Our statistics against SALib, scipy, statsmodels and the EMA Workbench, on the same runs."""

import glob
import io
import json
import subprocess
import sys

import numpy as np
import pandas as pd
from ema_workbench.analysis import prim
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

# Where a design fails: coverage, density and quasi-p are what they say, and a box on the Workbench's own
# trajectory does as well with the same factors.
answers = json.loads(
    ours("compare", f"{here}/futures.toml", "--out", "futures", "--no-horizon", "--quiet", "--json")
)
folder = answers["folder"]
points = pd.read_csv(f"{folder}/design.csv")
factors = ["gain", "hierarchy", "encounters"]
table = runs(folder, ["attendance", "trust_end"])
boxes = pd.read_csv(f"{folder}/rules.csv")
assert len(boxes) >= 2, boxes
for outcome, rows in boxes.groupby("outcome"):
    means = table[outcome].groupby("design_id").mean()
    broker, organic = [points[points.arm == arm].design_id.to_numpy() for arm in ("broker", "organic")]
    better = means.loc[broker].to_numpy() > means.loc[organic].to_numpy()
    cases = better if rows.cases.iloc[0] == "better" else ~better
    values = points[points.arm == "broker"][factors].reset_index(drop=True)

    def within(rows):
        inside = np.ones(len(values), bool)
        for _, row in rows.iterrows():
            low = -np.inf if pd.isna(row.low) else row.low
            high = np.inf if pd.isna(row.high) else row.high
            inside &= values[row.factor].between(low, high).to_numpy()
        return inside

    box = within(rows)
    coverage, density = cases[box].sum() / cases.sum(), cases[box].mean()
    close([rows.coverage.iloc[0], rows.density.iloc[0]], [coverage, density], 1e-9, f"box of {outcome}")
    for at, row in rows.iterrows():
        wider = within(rows.drop(index=at))
        chance = stats.binomtest(
            int(cases[box].sum()), int(box.sum()), cases[wider].mean(), alternative="greater"
        )
        close([row.quasi_p], [chance.pvalue], 1e-6, f"quasi-p of {row.factor} for {outcome}")
    found = prim.Prim(values, cases, threshold=0.1, peel_alpha=0.05).find_box()
    path = found.peeling_trajectory
    as_good = path[(path.coverage >= coverage - 0.1) & (path.density >= density - 0.1)]
    assert len(as_good) > 0, (outcome, coverage, density, path)
    theirs = found.inspect(int(as_good.index[-1]), style="data")[0][1]
    named = set(theirs.index) if hasattr(theirs, "index") else set()
    assert set(rows.factor) & named, (outcome, named)
    checks += 1

summary = pd.read_csv(f"{folder}/summary.csv")
for _, row in summary[summary.outcome.isin(["success", "collapse"])].iterrows():
    yes = round(row["mean"] * row["n"])
    low, high = proportion_confint(yes, row["n"], method="wilson")
    close([row.ci_low, row.ci_high], [low, high], 1e-9, "Wilson's interval")

print(f"{checks} figures equal those of SALib, scipy, statsmodels and the EMA Workbench")
