//! What a survey knows: people, seats, ties, and who answered.

use crate::model::setup::{KnownTie, SurveyedTies};
use crate::registry::leaders::Attribute;

/// A surveyed network. Positions (`u32`) of people are indices into [`Survey::people`].
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Survey {
    /// The people, in the order of the roster.
    pub people: Vec<Person>,
    /// Seats in forums, in the order of the table; empty without a table of memberships.
    pub seats: Vec<Seat>,
    /// Pairs that the tie table lists, by `from` and then `to`, each pair once.
    pub ties: Vec<Tie>,
    /// Whether there is a tie table. Without one no pair is known, and the informal network is
    /// drawn as in a scenario without a survey.
    pub has_ties: bool,
    /// Whether anything was asked: an attribute, a tie, or a column of who answered.
    pub asked: bool,
    /// Hash of the files' bytes (64 hexadecimal digits): another roster is another scenario.
    pub digest: String,
}

/// A surveyed person.
#[derive(Clone, Debug, PartialEq)]
pub struct Person {
    /// Opaque id.
    pub id: String,
    /// Position of the group in the list of groups that the import was given.
    pub group: u32,
    /// Position of the organisation, where the roster has a column for it.
    pub organisation: Option<u32>,
    /// Answers in the attributes' own units, in the order of [`Attribute::ALL`]; where there is no
    /// answer the value is drawn from the group.
    pub values: Box<[Option<f64>; Attribute::COUNT]>,
    /// Whether the person answered.
    pub responded: bool,
}

impl Person {
    /// The values for [`crate::model::setup::Post::known`]: none where all are drawn.
    #[must_use]
    pub fn known(&self) -> Option<Box<[Option<f64>; Attribute::COUNT]>> {
        let any = self.values.iter().any(Option::is_some);
        any.then(|| self.values.clone())
    }
}

/// A seat in a forum.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Seat {
    /// Who sits there.
    pub person: u32,
    /// Position of the forum in the list of forums that the import was given.
    pub forum: u32,
    /// Whether the person chairs the forum.
    pub chair: bool,
}

/// What a question on a pair brought.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Answer<T> {
    /// The answer.
    Given(T),
    /// It was asked and not answered.
    NotAnswered,
    /// It was not asked of this pair, or the survey has no such question.
    NotAsked,
}

impl<T: Copy> Answer<T> {
    /// The answer, where there is one.
    #[must_use]
    pub fn given(self) -> Option<T> {
        match self {
            Self::Given(answer) => Some(answer),
            _ => None,
        }
    }
}

/// An ordered pair that the tie table lists.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Tie {
    /// The person who was asked.
    pub from: u32,
    /// The person whom the answer is about.
    pub to: u32,
    /// Trust of `from` in `to`, from 0 to 1.
    pub trust: Answer<f64>,
    /// Whether `from` turns to `to` for advice.
    pub advice: Answer<bool>,
}

/// What follows for an ordered pair of people.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Pair {
    /// There is a tie; trust that was not given is drawn as for any tie.
    Tie {
        /// Trust, where it was given.
        trust: Option<f64>,
        /// Whether it is an advice tie.
        advice: bool,
    },
    /// There is none.
    NoTie,
    /// The survey does not say: the generator of the informal network may draw a tie.
    Open,
}

impl Tie {
    /// What follows from the answers. A listed pair is a tie unless the only thing known of it is
    /// that `from` does not turn to `to`; it is open where nothing was asked.
    #[must_use]
    pub fn pair(&self) -> Pair {
        let advice = !matches!(self.advice, Answer::Given(false));
        match (self.trust, self.advice) {
            (Answer::NotAsked, Answer::NotAsked) => Pair::Open,
            (Answer::NotAsked, Answer::Given(false)) => Pair::NoTie,
            (trust, _) => Pair::Tie {
                trust: trust.given(),
                advice,
            },
        }
    }
}

impl Survey {
    /// What the survey says of an ordered pair. A pair that the table does not list is no tie if
    /// `from` answered; what a non-respondent would have said is open.
    #[must_use]
    pub fn pair(&self, from: u32, to: u32) -> Pair {
        if !self.has_ties {
            return Pair::Open;
        }
        match self
            .ties
            .binary_search_by_key(&(from, to), |tie| (tie.from, tie.to))
        {
            Ok(at) => self.ties.get(at).map_or(Pair::Open, Tie::pair),
            Err(_) if self.responded(from) => Pair::NoTie,
            Err(_) => Pair::Open,
        }
    }

    fn responded(&self, person: u32) -> bool {
        self.people
            .get(person as usize)
            .is_some_and(|person| person.responded)
    }

    /// The ties that exist, with positions of people as posts.
    #[must_use]
    pub fn known_ties(&self) -> Vec<KnownTie> {
        let known = |tie: &Tie| match tie.pair() {
            Pair::Tie { trust, advice } => Some(KnownTie {
                from: tie.from,
                to: tie.to,
                trust,
                advice,
            }),
            Pair::NoTie | Pair::Open => None,
        };
        self.ties.iter().filter_map(known).collect()
    }

    /// What the tables leave open, with positions of people as posts; none without a tie table.
    #[must_use]
    pub fn left_open(&self) -> Option<SurveyedTies> {
        let open = |tie: &&Tie| tie.pair() == Pair::Open;
        let pair = |tie: &Tie| (tie.from, tie.to);
        let silent = (0..)
            .zip(&self.people)
            .filter(|(_, person)| !person.responded);
        let settled = |tie: &&Tie| !open(tie) && !self.responded(tie.from);
        self.has_ties.then(|| SurveyedTies {
            silent: silent.map(|(person, _)| person).collect(),
            open: self.ties.iter().filter(open).map(pair).collect(),
            settled: self.ties.iter().filter(settled).map(pair).collect(),
        })
    }
}

#[cfg(test)]
#[allow(clippy::float_cmp, reason = "exact by construction")]
pub(super) mod tests {
    use super::*;

    fn tie(trust: Answer<f64>, advice: Answer<bool>) -> Pair {
        Tie {
            from: 0,
            to: 1,
            trust,
            advice,
        }
        .pair()
    }

    pub(in super::super) fn people(groups: &[u32], silent: &[usize]) -> Survey {
        let person = |(at, group): (usize, &u32)| Person {
            id: format!("p{at}"),
            group: *group,
            organisation: None,
            values: Box::new([None; Attribute::COUNT]),
            responded: !silent.contains(&at),
        };
        Survey {
            people: groups.iter().enumerate().map(person).collect(),
            has_ties: true,
            asked: true,
            ..Survey::default()
        }
    }

    #[test]
    fn the_three_kinds_of_missing_differ() {
        use Answer::{Given, NotAnswered, NotAsked};
        assert_eq!(
            tie(Given(0.0), NotAsked),
            Pair::Tie {
                trust: Some(0.0),
                advice: true
            }
        );
        assert_eq!(
            tie(Given(0.5), Given(false)),
            Pair::Tie {
                trust: Some(0.5),
                advice: false
            }
        );
        assert_eq!(
            tie(NotAnswered, NotAsked),
            Pair::Tie {
                trust: None,
                advice: true
            }
        );
        assert_eq!(
            tie(NotAnswered, Given(false)),
            Pair::Tie {
                trust: None,
                advice: false
            }
        );
        assert_eq!(
            tie(NotAsked, NotAnswered),
            Pair::Tie {
                trust: None,
                advice: true
            }
        );
        assert_eq!(
            tie(NotAsked, Given(true)),
            Pair::Tie {
                trust: None,
                advice: true
            }
        );
        assert_eq!(tie(NotAsked, Given(false)), Pair::NoTie);
        assert_eq!(tie(NotAsked, NotAsked), Pair::Open);
    }

    #[test]
    fn silence_of_a_non_respondent_is_open_and_of_a_respondent_no_tie() {
        let mut survey = people(&[0, 0, 0], &[1]);
        survey.ties = vec![Tie {
            from: 0,
            to: 2,
            trust: Answer::Given(1.0),
            advice: Answer::NotAsked,
        }];
        assert_eq!(survey.pair(0, 1), Pair::NoTie);
        assert_eq!(survey.pair(1, 0), Pair::Open);
        assert_eq!(
            survey.pair(0, 2),
            Pair::Tie {
                trust: Some(1.0),
                advice: true
            }
        );
        assert_eq!(survey.known_ties().len(), 1);
        assert_eq!(survey.response().rate(), Some(2.0 / 3.0));
        assert_eq!(survey.non_respondents().collect::<Vec<_>>(), ["p1"]);
        survey.has_ties = false;
        assert_eq!(survey.pair(0, 1), Pair::Open);
        survey.asked = false;
        assert_eq!(survey.response().rate(), None);
        assert_eq!(survey.non_respondents().count(), 0);
    }

    #[test]
    fn what_is_left_open_is_every_open_pair() {
        use Answer::{Given, NotAsked};
        let mut survey = people(&[0, 0, 0, 0], &[1]);
        let mut list = |from, to, trust, advice| {
            survey.ties.push(Tie {
                from,
                to,
                trust,
                advice,
            });
        };
        list(0, 1, Given(1.0), NotAsked);
        list(0, 3, NotAsked, NotAsked);
        list(1, 0, NotAsked, Given(false));
        list(1, 2, Given(0.5), Given(false));
        let left = survey.left_open().unwrap();
        for (from, to) in (0..4).flat_map(|from| (0..4).map(move |to| (from, to))) {
            let open = survey.pair(from, to) == Pair::Open;
            assert_eq!(left.is_open(from, to), open, "{from} {to}");
        }
        survey.has_ties = false;
        assert_eq!(survey.left_open(), None);
    }
}
