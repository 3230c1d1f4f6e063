//! Sets of word classes that more than one stage asks for, under one name each.

use super::words::{Class, Classes};

/// Reporting verbs that mostly report: `said`, `insisted`, `told`.
pub(crate) const REPORTING: Classes = Classes::of(&[Class::Say, Class::Strong, Class::Tell]);
/// All reporting verbs, those that often do something else too: `noted`, `offered`.
pub(crate) const CUES: Classes = REPORTING.with(Classes::of(&[Class::Weak]));
/// `is`, `has`, `does`, `will`: what helps another verb.
pub(crate) const AUXILIARIES: Classes = Classes::of(&[Class::Be, Class::Have, Class::Do, Class::Modal]);
/// Words that open a predicate, the auxiliaries among them.
pub(crate) const VERBAL: Classes = AUXILIARIES.with(Classes::of(&[Class::Verb]));
/// Verbs that need a subject: auxiliaries, and verbs by their form.
pub(crate) const FINITE_VERBS: Classes = AUXILIARIES.with(Classes::of(&[Class::Finite]));
/// Verbs by their word.
pub(crate) const VERBS: Classes = FINITE_VERBS.with(VERBAL);
/// Words that govern what stands after them.
pub(crate) const GOVERN: Classes = Classes::of(&[Class::Preposition, Class::Of]);
/// What leads from an office or a body to its field: `minister for trade`, `ministry of health`.
pub(crate) const PORTFOLIO: Classes = Classes::of(&[Class::For, Class::Of]);
/// Words that describe the noun after them.
pub(crate) const DESCRIBING: Classes = Classes::of(&[Class::Modifier, Class::Demonym, Class::Number]);
/// Given names, of women, men, or both.
pub(crate) const GIVEN: Classes = Classes::of(&[Class::GivenFemale, Class::GivenMale]);
/// Words for bodies: `ministry`, `committee`, `government`.
pub(crate) const BODIES: Classes = Classes::of(&[Class::RoleOrganisation, Class::RoleGovernment]);
/// Words for people and bodies.
pub(crate) const ROLES: Classes = BODIES.with(Classes::of(&[Class::RolePerson, Class::RoleGroup]));
/// Nouns for texts.
pub(crate) const DOCUMENTS: Classes = Classes::of(&[Class::Document, Class::Message]);
/// Pronouns that are mentions.
pub(crate) const PRONOUNS: Classes =
    Classes::of(&[Class::Subject, Class::Object, Class::PossessivePronoun, Class::Relative]);
