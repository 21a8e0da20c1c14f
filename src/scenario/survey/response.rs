//! Who answered, and what of it may be shown.

use super::known::Survey;

/// How many were asked and how many answered.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Response {
    /// People who were asked.
    pub asked: usize,
    /// People who answered.
    pub answered: usize,
}

impl Response {
    /// Share of those asked who answered, from 0 to 1; none where nobody was asked.
    #[must_use]
    #[allow(clippy::cast_precision_loss, reason = "numbers of people")]
    pub fn rate(&self) -> Option<f64> {
        (self.asked > 0).then(|| self.answered as f64 / self.asked as f64)
    }
}

impl Survey {
    /// How many were asked and answered.
    #[must_use]
    pub fn response(&self) -> Response {
        if !self.asked {
            return Response {
                asked: 0,
                answered: 0,
            };
        }
        let answered = self.people.iter().filter(|person| person.responded).count();
        Response {
            asked: self.people.len(),
            answered,
        }
    }

    /// Ids of the people who did not answer, in the order of the roster. For the terminal of the
    /// person who holds the roster: never for files that are passed on.
    pub fn non_respondents(&self) -> impl Iterator<Item = &str> {
        self.people
            .iter()
            .filter(|person| self.asked && !person.responded)
            .map(|person| person.id.as_str())
    }

    /// The response of each of `groups` groups, hidden where the group has fewer than `smallest`
    /// people. One hidden group could be found by subtraction, so that then the next smallest is
    /// hidden as well.
    #[must_use]
    pub fn response_by_group(&self, groups: usize, smallest: usize) -> Vec<Option<Response>> {
        let mut counts = vec![
            Response {
                asked: 0,
                answered: 0
            };
            groups
        ];
        for person in self.people.iter().filter(|_| self.asked) {
            if let Some(count) = counts.get_mut(person.group as usize) {
                count.asked += 1;
                count.answered += usize::from(person.responded);
            }
        }
        let hidden = counts
            .iter()
            .filter(|count| (1..smallest).contains(&count.asked))
            .count();
        let next = counts
            .iter()
            .enumerate()
            .filter(|(_, count)| count.asked >= smallest.max(1));
        let also = (hidden == 1)
            .then(|| {
                next.min_by_key(|(_, count)| count.asked)
                    .map(|(group, _)| group)
            })
            .flatten();
        let shown = |(group, count): (usize, Response)| {
            (count.asked >= smallest && also != Some(group)).then_some(count)
        };
        counts.into_iter().enumerate().map(shown).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::scenario::survey::known::tests::people;

    #[test]
    fn small_groups_are_hidden_and_never_one_alone() {
        let survey = people(&[0, 0, 0, 0, 0, 0, 1, 1, 1, 1, 1, 2, 2], &[0]);
        let shown = survey.response_by_group(4, 5);
        assert_eq!(
            shown[0],
            Some(Response {
                asked: 6,
                answered: 5
            })
        );
        assert_eq!(shown[1..3], [None, None]);
        let survey = people(&[0, 0, 1, 2, 2, 2, 2, 2], &[]);
        let shown = survey.response_by_group(3, 5);
        assert_eq!(shown.iter().filter(|group| group.is_some()).count(), 1);
    }
}
