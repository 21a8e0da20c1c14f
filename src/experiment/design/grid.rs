//! Designs on levels: every combination (the factorial of Fisher 1935), levels zipped together, and
//! one factor at a time (criticised by Daniel 1973: it sees no interactions; it answers "what does
//! this lever do alone?").

use super::{Coordinate, DesignError, Kind, Scale, level};

/// How many levels each factor has.
pub(super) fn levels(kind: Kind, factors: &[Scale]) -> Result<Vec<u64>, DesignError> {
    let counts = factors
        .iter()
        .enumerate()
        .map(|(factor, scale)| match scale {
            Scale::Levels(count) => Ok(*count as u64),
            Scale::Range => Err(DesignError::NeedsLevels {
                design: kind.name(),
                factor,
            }),
        });
    counts.collect()
}

/// The same, refusing counts that differ.
pub(super) fn equal_levels(kind: Kind, factors: &[Scale]) -> Result<Vec<u64>, DesignError> {
    let counts = levels(kind, factors)?;
    let first = counts.first().copied().unwrap_or_default();
    match counts.iter().position(|count| *count != first) {
        Some(factor) => Err(DesignError::UnequalLevels {
            factor,
            levels: counts[factor],
            first,
        }),
        None => Ok(counts),
    }
}

/// How many combinations there are, if they can be counted.
pub(super) fn combinations(levels: &[u64]) -> Option<u64> {
    levels
        .iter()
        .try_fold(1_u64, |product, count| product.checked_mul(*count))
}

/// A combination of levels, the last factor fastest.
pub(super) fn combination(levels: &[u64], index: u64) -> Vec<Coordinate> {
    let mut rest = index;
    let mut point: Vec<_> = levels
        .iter()
        .rev()
        .map(|count| {
            let digit = rest % count;
            rest /= count;
            level(digit)
        })
        .collect();
    point.reverse();
    point
}

/// The same level of every factor.
pub(super) fn together(levels: &[u64], index: u64) -> Vec<Coordinate> {
    levels.iter().map(|_| level(index)).collect()
}

/// The base, and after it the levels of the first factor alone, of the second, and so on.
pub(super) fn alone(levels: &[u64], index: u64) -> Vec<Coordinate> {
    let mut before = 1;
    let place = |count: &u64| {
        let first = before;
        before += count;
        match index.checked_sub(first) {
            Some(at) if at < *count => level(at),
            _ => Coordinate::Base,
        }
    };
    levels.iter().map(place).collect()
}

#[cfg(test)]
mod tests {
    use super::super::{Coordinate, Design, DesignError, Kind, Scale};
    use Coordinate::{Base, Level};

    fn design(kind: Kind, levels: &[usize]) -> Design {
        let factors: Vec<_> = levels.iter().map(|count| Scale::Levels(*count)).collect();
        Design::new(kind, &factors, 0).unwrap()
    }

    fn points(design: &Design) -> Vec<Vec<Coordinate>> {
        (0..design.len()).map(|index| design.point(index)).collect()
    }

    #[test]
    fn a_grid_has_every_combination_once_with_the_last_factor_fastest() {
        let grid = design(Kind::Grid, &[2, 3, 1, 4]);
        let mut expected = Vec::new();
        for a in 0..2 {
            for b in 0..3 {
                for d in 0..4 {
                    expected.push(vec![Level(a), Level(b), Level(0), Level(d)]);
                }
            }
        }
        assert_eq!(points(&grid), expected);
        assert!(!grid.extends());
        assert_eq!(grid.point(grid.len()), grid.point(0));
    }

    #[test]
    fn a_zip_sets_all_factors_alike() {
        let zip = design(Kind::Zip, &[3, 3]);
        let expected: Vec<_> = (0..3).map(|at| vec![Level(at), Level(at)]).collect();
        assert_eq!(points(&zip), expected);
        assert!(!zip.extends());
    }

    #[test]
    fn one_at_a_time_leaves_all_other_factors_at_the_base() {
        let alone = design(Kind::OneAtATime, &[2, 1, 3]);
        let expected = [
            [Base, Base, Base],
            [Level(0), Base, Base],
            [Level(1), Base, Base],
            [Base, Level(0), Base],
            [Base, Base, Level(0)],
            [Base, Base, Level(1)],
            [Base, Base, Level(2)],
        ];
        assert_eq!(points(&alone), expected);
        assert!(!alone.extends());
    }

    #[test]
    fn designs_on_levels_refuse_ranges_and_zips_refuse_unequal_counts() {
        for (kind, name) in [
            (Kind::Grid, "grid"),
            (Kind::Zip, "zipped design"),
            (Kind::OneAtATime, "one-at-a-time design"),
        ] {
            let error = Design::new(kind, &[Scale::Levels(2), Scale::Range], 0).unwrap_err();
            assert_eq!(error.factor(), Some(1));
            assert_eq!(
                error.to_string(),
                format!(
                    "a {name} sets each factor to one level after another, but factor 2 has a range \
                     without levels; give `levels`, or `steps` on its range"
                )
            );
        }
        let unequal = [Scale::Levels(2), Scale::Levels(2), Scale::Levels(3)];
        let error = Design::new(Kind::Zip, &unequal, 0).unwrap_err();
        assert_eq!(error.factor(), Some(2));
        assert_eq!(
            error.to_string(),
            "a zipped design sets all factors to their first levels together, then to their second \
             ones, and so on, so that all need equally many; factor 1 has 2, factor 3 has 3; make \
             them equal, or use a grid for every combination"
        );
    }

    #[test]
    fn a_grid_beyond_counting_is_too_large_and_the_largest_is_not() {
        let large = [Scale::Levels(10); 7];
        assert_eq!(
            Design::new(Kind::Grid, &large, 0).unwrap().len(),
            10_000_000
        );
        for levels in [[Scale::Levels(10); 8].as_slice(), &[Scale::Levels(10); 40]] {
            let error = Design::new(Kind::Grid, levels, 0).unwrap_err();
            assert_eq!(error, DesignError::TooLarge);
        }
        let whole = [Scale::Levels(6_000_000); 2];
        let error = Design::new(Kind::OneAtATime, &whole, 0).unwrap_err();
        assert_eq!(
            error.to_string(),
            "this design has more than 10 million points, the most there can be; give fewer levels, \
             points or factors, or use a Latin hypercube or Sobol' design, whose number of points \
             you choose"
        );
    }

    #[test]
    fn designs_need_factors_and_factors_need_levels() {
        let error = Design::new(Kind::Grid, &[], 0).unwrap_err();
        assert_eq!(
            error.to_string(),
            "this design has no factors, so that all its points would be the same; name at least \
             one parameter to vary"
        );
        assert_eq!(error.factor(), None);
        let error = Design::new(
            Kind::Sobol { points: 4 },
            &[Scale::Range, Scale::Levels(0)],
            0,
        )
        .unwrap_err();
        assert_eq!(error.factor(), Some(1));
        assert_eq!(
            error.to_string(),
            "factor 2 has no levels, so that it cannot be set to anything; give it at least one"
        );
        let kind = Kind::LatinHypercube { points: 4 };
        let error = Design::new(kind, &[Scale::Levels(usize::MAX)], 0).unwrap_err();
        assert_eq!(error.factor(), Some(0));
        assert_eq!(
            error.to_string(),
            "factor 1 has more than 10 million levels, more than any design can visit; give it \
             fewer, or a range"
        );
    }
}
