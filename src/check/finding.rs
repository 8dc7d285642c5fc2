//! What a check says, and what it could not look at.

use std::borrow::Cow;

use crate::content::agency::{Allowance, RuleSetting};
use crate::diagnostic::{Diagnostic, Place, Say, Severity};
use crate::files::SitePath;

use crate::thai::{Date, mask_citizen_numbers};

use super::Checked;
use super::explain::nearest_code;
use super::personal::STOPS;
use super::readiness::Readiness;
use super::rules::{Family, Rule, rule};

/// One finding: a message like any other, with its rule, and the item that it
/// is about where it is about one.
#[derive(Clone, Debug)]
pub struct Finding {
    /// Messages of loading whose code has no rule are possible only in a test.
    pub rule: Option<&'static Rule>,
    pub diagnostic: Diagnostic,
    pub year: Option<u16>,
    /// `O18`.
    pub item: Option<String>,
    /// A mark of what was found, for an allowance that holds for it alone;
    /// never the thing itself.
    pub fingerprint: Option<String>,
    /// Among findings at one place, such as months: their own order.
    pub order: usize,
    /// The day that it is about, where it is about one.
    pub date: Option<Date>,
}

impl Finding {
    #[must_use]
    pub fn at(mut self, place: Place) -> Finding {
        self.diagnostic = self.diagnostic.at(place);
        self
    }

    #[must_use]
    pub fn hint(mut self, th: impl Into<String>, en: impl Into<String>) -> Finding {
        self.diagnostic = self.diagnostic.hint(Say::new(th, en));
        self
    }

    /// A hint with the lines to type below it.
    #[must_use]
    pub fn hint_typing(
        mut self,
        th: impl Into<String>,
        en: impl Into<String>,
        lines: &str,
    ) -> Finding {
        self.diagnostic = self.diagnostic.hint(Say::new(th, en).typing(lines));
        self
    }

    #[must_use]
    pub fn label(mut self, place: Place, th: impl Into<String>, en: impl Into<String>) -> Finding {
        self.diagnostic = self.diagnostic.label(place, Say::new(th, en));
        self
    }

    #[must_use]
    pub fn of_year(mut self, year: u16) -> Finding {
        self.year = Some(year);
        self
    }

    #[must_use]
    pub fn of_item(mut self, year: u16, item: impl Into<String>) -> Finding {
        self.year = Some(year);
        self.item = Some(item.into());
        self
    }

    #[must_use]
    pub fn marked(mut self, fingerprint: impl Into<String>) -> Finding {
        self.fingerprint = Some(fingerprint.into());
        self
    }
}

/// A file that could not be looked into: it may hold anything.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct NotChecked {
    /// Below the site's folder.
    pub file: String,
    pub why_th: String,
    pub why_en: String,
}

/// Collects findings.
#[derive(Default)]
pub struct Found {
    findings: Vec<Finding>,
    not_checked: Vec<NotChecked>,
    allowed: usize,
}

/// A finding of the rule with this code, with its usual severity. What to do
/// is the rule's own advice unless the finding gets a hint of its own.
pub fn finding(code: &'static str, th: impl Into<String>, en: impl Into<String>) -> Finding {
    let rule = rule(code);
    let message = Say::new(th, en);
    let diagnostic = match rule.map_or(Severity::Warning, |r| r.severity) {
        Severity::Error => Diagnostic::error(code, message),
        Severity::Warning => Diagnostic::warning(code, message),
        Severity::Advice => Diagnostic::advice(code, message),
    };
    Finding {
        rule,
        diagnostic,
        year: None,
        item: None,
        fingerprint: None,
        order: 0,
        date: None,
    }
}

impl Found {
    pub fn push(&mut self, finding: Finding) {
        self.findings.push(finding);
    }

    /// Puts one finding in the place of `many` or more of which `of` tells the
    /// day; it is made of their days, in order.
    pub fn gather(
        &mut self,
        many: usize,
        of: impl Fn(&Finding) -> Option<Date>,
        one: impl Fn(&[Date]) -> Option<Finding>,
    ) {
        let mut dates: Vec<Date> = self.findings.iter().filter_map(&of).collect();
        if dates.len() < many {
            return;
        }
        dates.sort();
        self.findings.retain(|finding| of(finding).is_none());
        self.findings.extend(one(&dates));
    }

    pub fn extend(&mut self, findings: impl IntoIterator<Item = Finding>) {
        self.findings.extend(findings);
    }

    /// What was found elsewhere, such as on another thread.
    pub fn merge(&mut self, other: Found) {
        self.findings.extend(other.findings);
        self.not_checked.extend(other.not_checked);
        self.allowed += other.allowed;
    }

    /// A message of loading, as a finding.
    pub fn take(&mut self, diagnostic: Diagnostic) {
        self.findings.push(Finding {
            rule: rule(diagnostic.code),
            year: year_of(&diagnostic),
            diagnostic,
            item: None,
            fingerprint: None,
            order: 0,
            date: None,
        });
    }

    pub fn not_checked(&mut self, file: &str, th: impl Into<String>, en: impl Into<String>) {
        self.not_checked.push(NotChecked {
            file: file.to_string(),
            why_th: th.into(),
            why_en: en.into(),
        });
    }

    /// Severities that the site sets for itself, and what it lets pass.
    pub(super) fn apply(&mut self, settings: &[RuleSetting], allowed: &[Allowance]) {
        let known = settings.iter().map(|s| (&s.code, &s.place));
        for (code, place) in known.chain(allowed.iter().map(|a| (&a.code, &a.place))) {
            if rule(code).is_none() {
                let mut unknown = finding(
                    "unknown-rule",
                    format!("ไม่มีกฎชื่อ “{code}”"),
                    format!("there is no rule “{code}”"),
                )
                .at(place.clone());
                if let Some(near) = nearest_code(code) {
                    unknown = unknown.hint(
                        format!("หมายถึง “{near}” หรือไม่"),
                        format!("did you mean “{near}”?"),
                    );
                }
                self.findings.push(unknown);
            }
        }
        for allowance in allowed {
            let used = self.findings.iter().any(|f| allows(allowance, f));
            let has_power = !is_stop(&allowance.code) || allowance.fingerprint.is_some();
            if !used && has_power && rule(&allowance.code).is_some() {
                let unused = finding(
                    "unused-allowance",
                    format!("ข้อยกเว้นของ “{}” นี้ไม่ได้ใช้", allowance.code),
                    format!("this allowance of “{}” allows nothing", allowance.code),
                );
                self.findings.push(unused.at(allowance.place.clone()));
            }
        }
        self.settle(settings, allowed);
        self.powerless(settings, allowed);
    }

    /// Tells settings that would open the gate of a build: they have no power.
    pub(super) fn powerless(&mut self, settings: &[RuleSetting], allowed: &[Allowance]) {
        let idle = |s: &&RuleSetting| lowers(s) || self.findings.iter().any(|f| in_vain(s, f));
        let idle: Vec<&RuleSetting> = settings.iter().filter(idle).collect();
        for setting in idle {
            let code = &setting.code;
            let one = finding(
                "stop-rule-kept",
                format!("ปิดหรือลดระดับกฎ “{code}” ไม่ได้ กฎนี้หยุดการสร้างเว็บไซต์เสมอ"),
                format!("the rule “{code}” can't be turned off or down; it always stops a build"),
            );
            self.findings.push(one.at(setting.place.clone()));
        }
        let blunt = |a: &&Allowance| is_stop(&a.code) && a.fingerprint.is_none();
        for allowance in allowed.iter().filter(blunt) {
            let code = &allowance.code;
            let one = finding(
                "stop-rule-kept",
                format!("ข้อยกเว้นของ “{code}” นี้ไม่มี fingerprint จึงไม่ปล่อยสิ่งใดผ่าน"),
                format!("this allowance of “{code}” names no fingerprint, so it lets nothing pass"),
            );
            self.findings.push(one.at(allowance.place.clone()));
        }
    }

    /// Leaves out what the site lets pass, and gives the rest the severities
    /// that it sets.
    pub(super) fn settle(&mut self, settings: &[RuleSetting], allowed: &[Allowance]) {
        for finding in &mut self.findings {
            let has_power = |s: &&RuleSetting| {
                s.code == finding.diagnostic.code && !lowers(s) && !in_vain(s, finding)
            };
            let setting = settings.iter().find(has_power);
            if let Some(severity) = setting.and_then(|s| s.severity) {
                finding.diagnostic.severity = severity;
            }
        }
        let before = self.findings.len();
        self.findings.retain(|finding| {
            let off = settings.iter().any(|s| {
                s.code == finding.diagnostic.code
                    && s.severity.is_none()
                    && !lowers(s)
                    && !in_vain(s, finding)
            });
            !off && !allowed.iter().any(|a| allows(a, finding))
        });
        self.allowed = before - self.findings.len();
    }

    pub(super) fn errors(&self) -> impl Iterator<Item = &Finding> {
        let is_error = |f: &&Finding| f.diagnostic.severity == Severity::Error;
        self.findings.iter().filter(is_error)
    }

    /// Keeps findings of these codes.
    pub(super) fn limit_to(&mut self, codes: &[&str]) {
        self.findings
            .retain(|finding| codes.contains(&finding.diagnostic.code));
    }

    /// Gives a finding that stands in a file of a year the item that the file
    /// is of, where that is one; `items` tells.
    pub(super) fn place(&mut self, items: impl Fn(&Finding) -> Vec<(u16, String)>) {
        for finding in &mut self.findings {
            if year_of(&finding.diagnostic).is_none() {
                continue;
            }
            if let [(year, item)] = items(finding).as_slice() {
                finding.year = Some(*year);
                finding.item = Some(item.clone());
            }
        }
    }

    /// Keeps findings of these codes, families and items; `items` tells which
    /// a finding is about.
    pub(super) fn limit(
        &mut self,
        only: &[String],
        items: impl Fn(&Finding) -> Vec<(u16, String)>,
    ) {
        if only.is_empty() {
            return;
        }
        self.findings.retain(|finding| {
            only.iter().any(|wanted| {
                let of_item = |(_, item): &(u16, String)| item.eq_ignore_ascii_case(wanted);
                finding.diagnostic.code == wanted
                    || finding.rule.is_some_and(|r| r.family.id() == wanted)
                    || items(finding).iter().any(of_item)
            })
        });
    }

    pub(super) fn finish(mut self, years: Vec<Readiness>) -> Checked {
        for finding in &mut self.findings {
            mask(&mut finding.diagnostic.message);
            finding.diagnostic.hints.iter_mut().for_each(mask);
            if finding.diagnostic.hints.is_empty()
                && let Some(rule) = finding.rule
                && !rule.fix.th.is_empty()
            {
                finding.diagnostic.hints.push(rule.fix.clone());
            }
        }
        let number = |item: &Option<String>| -> u16 {
            let digits = item.as_deref().and_then(|i| i.get(1..));
            digits.and_then(|d| d.parse().ok()).unwrap_or(0)
        };
        self.findings.sort_by(|a, b| {
            let key = |f: &Finding| {
                (
                    f.diagnostic.severity,
                    f.year,
                    number(&f.item),
                    f.diagnostic.place.clone(),
                    f.diagnostic.code,
                    f.order,
                    f.diagnostic.message.en.clone(),
                )
            };
            key(a).cmp(&key(b))
        });
        self.findings
            .dedup_by(|a, b| a.diagnostic == b.diagnostic && a.item == b.item && a.year == b.year);
        self.not_checked.sort();
        self.not_checked.dedup();
        Checked {
            findings: self.findings,
            years,
            not_checked: self.not_checked,
            allowed: self.allowed,
            limited_to: Vec::new(),
        }
    }
}

/// No report holds a person's number, whatever rule quotes it.
fn mask(say: &mut Say) {
    for text in [&mut say.th, &mut say.en] {
        if let Cow::Owned(masked) = mask_citizen_numbers(text) {
            *text = masked;
        }
    }
}

fn is_stop(code: &str) -> bool {
    STOPS.contains(&code)
}

/// Whether a setting would open the gate of a build.
fn lowers(setting: &RuleSetting) -> bool {
    is_stop(&setting.code) && setting.severity != Some(Severity::Error)
}

/// Errors of loading stop a build, which asks no setting: a check that kept
/// quiet about one would call a site ready that can't be made.
fn stops_build(finding: &Finding) -> bool {
    let of_loading = |r: &Rule| matches!(r.family, Family::Loading | Family::Frozen);
    finding.rule.is_some_and(of_loading) && finding.diagnostic.severity == Severity::Error
}

/// Whether a setting would hide a finding that stops a build.
fn in_vain(setting: &RuleSetting, finding: &Finding) -> bool {
    setting.code == finding.diagnostic.code
        && setting.severity != Some(Severity::Error)
        && stops_build(finding)
}

fn allows(allowance: &Allowance, finding: &Finding) -> bool {
    let file = finding.diagnostic.place.as_ref().map(|p| &*p.file);
    allowance.code == finding.diagnostic.code
        && (allowance.fingerprint.is_some() || !is_stop(&allowance.code))
        && !stops_build(finding)
        && allowance.file.as_deref().is_none_or(|f| file == Some(f))
        && allowance
            .fingerprint
            .as_ref()
            .is_none_or(|f| finding.fingerprint.as_ref() == Some(f))
}

/// The year in whose folder a message stands.
fn year_of(diagnostic: &Diagnostic) -> Option<u16> {
    let file = &diagnostic.place.as_ref()?.file;
    super::judged::year_of(&SitePath::new(file).ok()?)
}
