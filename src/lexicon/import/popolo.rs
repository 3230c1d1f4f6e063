//! Popolo JSON (popoloproject.com), as sites on parliaments publish it: `persons`, `organizations`, `memberships` and, where
//! there are any, `posts`.

use rustc_hash::FxHashMap;
use serde_json::Value;

use super::{Listed, gender, text_of};
use crate::lexicon::gazetteer::{Party, PartyKind};
use crate::lexicon::tsv::LexiconError;

pub(super) fn parties(file: &str, value: &Value, notes: &mut Vec<LexiconError>) -> Vec<Listed> {
    let index = Index::of(value);
    let mut found = Vec::new();
    for (at, person) in list(value, "persons").enumerate() {
        match index.person(person) {
            Some(listed) => found.push(listed),
            // An entry that only says where a person went is none.
            None if person.get("redirect").is_some() => {}
            None => {
                let id = cell(person, "id");
                let message = format!("persons[{at}] ({id}) has no name: give it \"name\" or \"other_names\"");
                notes.push(LexiconError::file(file, message));
            }
        }
    }
    for (at, organization) in list(value, "organizations").enumerate() {
        let listed = organisation(organization);
        if listed.party.name.is_empty() {
            let message = format!("organizations[{at}] ({}) has no name: give it \"name\"", listed.party.id);
            notes.push(LexiconError::file(file, message));
        } else {
            found.push(listed);
        }
    }
    found
}

fn list<'a>(value: &'a Value, key: &str) -> impl Iterator<Item = &'a Value> {
    value.get(key).and_then(Value::as_array).into_iter().flatten()
}

fn cell(value: &Value, key: &str) -> String {
    text_of(value.get(key))
}

struct Index<'a> {
    organizations: FxHashMap<String, &'a Value>,
    posts: FxHashMap<String, &'a Value>,
    memberships: FxHashMap<String, Vec<&'a Value>>,
}

impl<'a> Index<'a> {
    fn of(value: &'a Value) -> Self {
        let by_id = |key| list(value, key).map(|item| (cell(item, "id"), item)).collect();
        let mut sorted: Vec<&Value> = list(value, "memberships").collect();
        // The newest comes last, one without an end after those that ended.
        sorted.sort_by_cached_key(|membership| {
            let end = cell(membership, "end_date");
            (end.is_empty(), end, cell(membership, "start_date"))
        });
        let mut memberships: FxHashMap<String, Vec<&Value>> = FxHashMap::default();
        for membership in sorted {
            memberships.entry(cell(membership, "person_id")).or_default().push(membership);
        }
        Self { organizations: by_id("organizations"), posts: by_id("posts"), memberships }
    }

    fn person(&self, person: &Value) -> Option<Listed> {
        let others: Vec<&Value> = list(person, "other_names").collect();
        let main = others.iter().rfind(|other| cell(other, "note") == "Main").or(others.last());
        let own = whole_name(person);
        let name = if own.is_empty() { main.map(|main| whole_name(main)).unwrap_or_default() } else { own };
        if name.is_empty() {
            return None;
        }
        let memberships = self.memberships.get(&cell(person, "id")).map_or(&[][..], Vec::as_slice);
        let aliases = others.iter().map(|other| whole_name(other)).chain([given_and_family(person)]).collect();
        let party = Party {
            name,
            id: cell(person, "id"),
            kind: PartyKind::Person,
            role: memberships.iter().rev().map(|of| self.role(of)).find(|role| !role.is_empty()).unwrap_or_default(),
            country: String::new(),
            party: memberships
                .iter()
                .rev()
                .map(|of| self.party(of))
                .find(|party| !party.is_empty())
                .unwrap_or_default(),
            gender: gender(&cell(person, "gender")),
            state: String::new(),
        };
        Some(Listed { party, aliases })
    }

    /// The office of a membership; a mere member is one of something.
    fn role(&self, membership: &Value) -> String {
        let post = self.posts.get(&cell(membership, "post_id")).copied().unwrap_or(&Value::Null);
        let role = [cell(membership, "role"), cell(post, "role")]
            .into_iter()
            .find(|role| !role.is_empty())
            .unwrap_or_default();
        let of = [membership, post].map(|value| cell(value, "organization_id"));
        let of = of.iter().find_map(|id| self.organizations.get(id)).map(|organization| cell(organization, "name"));
        match of {
            Some(of) if role.eq_ignore_ascii_case("member") && !of.is_empty() => format!("member of the {of}"),
            _ => role,
        }
    }

    fn party(&self, membership: &Value) -> String {
        let behalf = self.organizations.get(&cell(membership, "on_behalf_of_id"));
        let own = self
            .organizations
            .get(&cell(membership, "organization_id"))
            .filter(|of| cell(of, "classification") == "party");
        let from_id = || cell(membership, "on_behalf_of_id");
        behalf.or(own).map_or_else(from_id, |party| cell(party, "name"))
    }
}

/// The name of a person or of one of its names, put together where it stands in parts.
fn whole_name(value: &Value) -> String {
    let name = cell(value, "name");
    if name.is_empty() { given_and_family(value) } else { name }
}

fn given_and_family(value: &Value) -> String {
    let (given, family) = (cell(value, "given_name"), cell(value, "family_name"));
    if given.is_empty() || family.is_empty() { String::new() } else { format!("{given} {family}") }
}

fn organisation(organization: &Value) -> Listed {
    let classification = cell(organization, "classification").to_lowercase();
    let is_government = ["legislature", "chamber", "executive", "ministry", "government", "court"];
    let kind = if is_government.iter().any(|known| classification.contains(known)) {
        PartyKind::Government
    } else {
        PartyKind::Organisation
    };
    let aliases = list(organization, "other_names").map(|other| cell(other, "name")).collect();
    let party = Party { name: cell(organization, "name"), id: cell(organization, "id"), kind, ..Party::default() };
    Listed { party, aliases }
}
