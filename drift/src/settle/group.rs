//! Groups the findings about one change: all findings about a thing, and an old thing with its replacement.

use face_search_enroll_contract::Contract;

use crate::{
    finding::{Finding, Verdict},
    settle::{near::is_near, region::country_of},
    subject::Subject,
};

/// Findings that are settled together.
#[derive(Debug, Clone)]
pub(super) struct Group {
    pub(super) operation: String,
    /// The thing that the page states, or both sides.
    pub(super) subject: Subject,
    /// The thing that it replaces.
    pub(super) went: Option<Subject>,
    pub(super) findings: Vec<Finding>,
}

impl Group {
    fn of(finding: Finding) -> Self {
        Self {
            operation: finding.operation.clone(),
            subject: finding.subject.clone(),
            went: None,
            findings: vec![finding],
        }
    }

    /// Whether only the contract states it.
    pub(super) fn is_gone(&self) -> bool {
        let is = |verdict| self.findings.iter().any(|it| it.verdict == verdict);
        is(Verdict::MissingOnPage) && !is(Verdict::MissingInSpec) && !is(Verdict::Differs)
    }

    /// Whether only the page states it.
    fn is_new(&self) -> bool {
        let mut findings = self.findings.iter();
        findings.any(|finding| finding.verdict == Verdict::MissingInSpec)
    }

    /// The finding that represents the group.
    pub(super) fn lead(&self) -> Option<Finding> {
        let mut lead = self.findings.first()?.clone();
        let gone = self.findings.iter().find(|it| it.page.is_none());
        if self.went.is_some()
            && lead.verdict == Verdict::MissingInSpec
            && let Some(gone) = gone
        {
            lead.verdict = Verdict::Differs;
            lead.spec.clone_from(&gone.spec);
            lead.spec_line = gone.spec_line;
        }
        let parts = self.findings.iter().skip(1);
        lead.parts = parts.map(|finding| finding.fact.clone()).collect();
        Some(lead)
    }
}

/// Groups the findings that no erratum settles.
pub(super) fn group(findings: Vec<Finding>, contract: &Contract) -> Vec<Group> {
    let mut groups: Vec<Group> = Vec::new();
    for finding in findings {
        match groups.iter_mut().find(|group| group.has(&finding)) {
            Some(group) => group.findings.push(finding),
            None => groups.push(Group::of(finding)),
        }
    }
    while let Some((stays, goes, is_in_its_place)) = pair(&groups, contract) {
        let merged = groups.remove(goes);
        let stays = if goes < stays { stays - 1 } else { stays };
        let Some(group) = groups.get_mut(stays) else {
            continue;
        };
        if is_in_its_place {
            group.went = Some(merged.subject);
        }
        group.findings.extend(merged.findings);
    }
    groups
}

impl Group {
    /// Whether a finding belongs to this group.
    fn has(&self, finding: &Finding) -> bool {
        let is_same = match &finding.subject {
            Subject::Page | Subject::Look | Subject::Cut => false,
            // An erratum belongs to the fact that it is about.
            Subject::Erratum(_) => self.findings.iter().any(|it| {
                let of_a_part = finding.fact.strip_prefix(&it.fact);
                of_a_part.is_some_and(|rest| rest.is_empty() || rest.starts_with(' '))
            }),
            subject => self.subject == *subject,
        };
        is_same && self.operation == finding.operation
    }
}

/// Two groups to merge: the one that stays, the one to merge into it, and whether the first replaces the
/// second.
fn pair(groups: &[Group], contract: &Contract) -> Option<(usize, usize, bool)> {
    let all = || groups.iter().enumerate();
    all().find_map(|(one, group)| {
        let mut others =
            all().filter(|(other, it)| one != *other && it.operation == group.operation);
        others.find_map(|(other, it)| match how(group, it, groups, contract)? {
            How::Part => Some((one, other, false)),
            How::Place => Some((one, other, true)),
        })
    })
}

enum How {
    /// The group contains the other.
    Part,
    /// The group replaces the other.
    Place,
}

fn how(group: &Group, other: &Group, groups: &[Group], contract: &Contract) -> Option<How> {
    let operation = contract.operation(&group.operation)?;
    // The example of the request has the new member.
    let is_parameter = matches!(group.subject, Subject::Parameter(_));
    if is_parameter && group.is_new() && other.subject == Subject::RequestExample {
        return Some(How::Part);
    }
    if !other.is_gone() || other.went.is_some() {
        return None;
    }
    let has_code =
        |code: &String| matches!(&other.subject, Subject::Answer { code: it, .. } if it == code);
    match &group.subject {
        Subject::Code(code) if group.is_gone() && has_code(code) => return Some(How::Part),
        Subject::Broken(code) if has_code(code) => return Some(How::Part),
        _ => {}
    }
    if !group.is_new() || group.went.is_some() {
        return None;
    }
    let is_alone = || {
        let like =
            |it: &&Group| it.operation == group.operation && same_list(&it.subject, &group.subject);
        let (mut new, mut gone) = (0, 0);
        for it in groups.iter().filter(like) {
            new += usize::from(it.is_new());
            gone += usize::from(it.is_gone());
        }
        new == 1 && gone == 1
    };
    let is_paired = match (&group.subject, &other.subject) {
        (
            Subject::Answer { code, message },
            Subject::Answer {
                code: old,
                message: was,
            },
        ) => {
            if code == old {
                is_near(message, was) || is_alone()
            } else {
                message == was
            }
        }
        (Subject::Answer { message, .. }, Subject::Code(old)) => {
            let mut examples = operation.examples.iter();
            examples.any(|it| *it.code == *old && it.message.value == *message)
        }
        (Subject::Server(host), Subject::Server(old)) => {
            let country = country_of(host);
            country.is_some() && country == country_of(old)
        }
        (subject, other) => same_list(subject, other) && is_alone(),
    };
    is_paired.then_some(How::Place)
}

/// Whether two subjects are entries of the same list on the page.
fn same_list(one: &Subject, other: &Subject) -> bool {
    match (one, other) {
        (Subject::Header(_), Subject::Header(_))
        | (Subject::Parameter(_), Subject::Parameter(_))
        | (Subject::Field(_), Subject::Field(_)) => true,
        (Subject::Member(one, _), Subject::Member(other, _))
        | (Subject::Answer { code: one, .. }, Subject::Answer { code: other, .. }) => one == other,
        _ => false,
    }
}
