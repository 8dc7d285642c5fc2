//! Purchases as a release package of the Open Contracting Data Standard
//! 1.1.5. One release a purchase, as the records know it now; the words of the
//! records go to the fields of details.

use crate::content::ledger::Purchase;
use crate::files::digest;
use crate::site::ledgers::Procurement;
use crate::thai::{Baht, Date};

use super::super::Data;
use super::super::json::Object;
use super::super::sets::{procurement, url};
use super::moment;

/// The code of a method (codelist `method`), where the words tell it.
fn method(words: &str) -> Option<&'static str> {
    let has = |part: &str| words.contains(part);
    if has("เฉพาะเจาะจง") || has("ตกลงราคา") || has("กรณีพิเศษ")
    {
        Some("direct")
    } else if has("คัดเลือก") {
        Some("selective")
    } else if has("เชิญชวน")
        || has("e-bidding")
        || has("e-market")
        || has("ประกวดราคา")
        || has("สอบราคา")
    {
        Some("open")
    } else {
        None
    }
}

fn amount(satang: i64) -> Object {
    Object::new()
        .raw("amount", Baht(satang).plain())
        .text("currency", "THB")
}

/// When the record speaks: the contract's day, else the end of its month.
fn date(row: &Purchase) -> Option<Date> {
    row.contract_date
        .as_ref()
        .map(|d| d.value)
        .or_else(|| row.month.map(|m| m.last_day()))
}

pub fn package(data: &Data, year: u16, path: &str) -> Vec<u8> {
    let site = data.site();
    let settings = &site.content.settings;
    let Some(of_year) = site.procurement.get(&year) else {
        return Vec::new();
    };
    let prefix = settings.open_data.ocid_prefix.as_deref().unwrap_or("");
    let newest = of_year.rows.iter().filter_map(date).max();
    let published = of_year.as_of.max(newest);
    let publisher = Object::new()
        .text("name", &settings.agency.name.th)
        .text("uri", &url(site, ""));
    let releases = releases(data, of_year, prefix);
    let mut package = Object::new()
        .text("uri", &url(site, path))
        .text("version", "1.1");
    if let Some(date) = published {
        package = package.text("publishedDate", &moment(date));
    }
    package = package
        .object("publisher", &publisher)
        .maybe("license", settings.licence_url.as_deref());
    package.list("releases", &releases).file()
}

fn releases(data: &Data, of_year: &Procurement, prefix: &str) -> Vec<Object> {
    let site = data.site();
    let agency = &site.content.settings.agency;
    let host = site.base_url.split("://").nth(1).unwrap_or("").to_string();
    let ids = procurement::ids(of_year);
    of_year
        .rows
        .iter()
        .zip(&ids)
        .filter_map(|(row, id)| {
            let date = date(row).or(of_year.as_of)?;
            let ocid = format!("{prefix}-{id}");
            let buyer = Object::new()
                .text("id", &host)
                .text("name", &agency.name.th);
            let mut address = Object::new()
                .text("streetAddress", &agency.address.th)
                .text("region", &agency.province.th);
            if let Some(code) = &agency.postcode {
                address = address.text("postalCode", code);
            }
            let contact = Object::new()
                .text("name", &agency.name.th)
                .maybe("email", agency.email.as_deref())
                .text("telephone", &agency.phone);
            let mut parties = vec![
                buyer
                    .clone()
                    .object("address", &address.text("countryName", "ประเทศไทย"))
                    .object("contactPoint", &contact)
                    .texts("roles", &["buyer", "procuringEntity"]),
            ];
            // The record holds a name and no number, also of persons.
            let supplier = row.supplier.as_ref().map(|name| {
                Object::new()
                    .text("id", &format!("{ocid}-supplier"))
                    .text("name", name)
            });
            parties.extend(supplier.clone().map(|s| s.texts("roles", &["supplier"])));
            let status = row.status.as_deref().unwrap_or("");
            let cancelled = status.contains("ยกเลิก");
            let agreed = row.agreed_price.as_ref().map(|p| p.value.0);
            let mut tags = vec!["tender"];
            let mut tender = Object::new()
                .text("id", &format!("{ocid}-tender"))
                .text("title", &row.item_name)
                .text(
                    "status",
                    match (cancelled, agreed) {
                        (true, _) => "cancelled",
                        (_, Some(_)) => "complete",
                        _ => "active",
                    },
                )
                .object("procuringEntity", &buyer);
            if let Some(price) = &row.reference_price {
                tender = tender.object("value", &amount(price.value.0));
            }
            tender = tender
                .maybe("procurementMethod", method(&row.method))
                .text("procurementMethodDetails", &row.method)
                .maybe("procurementMethodRationale", row.reason.as_deref())
                .maybe(
                    "mainProcurementCategory",
                    row.category.map(procurement::category),
                );
            let mut release = Object::new()
                .text("ocid", &ocid)
                .text("date", &moment(date))
                .text("initiationType", "tender")
                .text("language", "th")
                .list("parties", &parties)
                .object("buyer", &buyer);
            let allocated = row
                .allocated_budget
                .as_ref()
                .or(row.purchase_budget.as_ref());
            if allocated.is_some() || row.budget_source.is_some() {
                let mut budget = Object::new().maybe("description", row.budget_source.as_deref());
                if let Some(money) = allocated {
                    budget = budget.object("amount", &amount(money.value.0));
                }
                tags.insert(0, "planning");
                release = release.object("planning", &Object::new().object("budget", &budget));
            }
            release = release.object("tender", &tender);
            if let Some(agreed) = agreed {
                tags.push("award");
                let award_id = format!("{ocid}-award");
                let mut award = Object::new()
                    .text("id", &award_id)
                    .text("title", &row.item_name)
                    .text("status", if cancelled { "cancelled" } else { "active" })
                    .object("value", &amount(agreed));
                if let Some(supplier) = &supplier {
                    award = award.list("suppliers", std::slice::from_ref(supplier));
                }
                release = release.list("awards", &[award]);
                if row.contract_no.is_some() || row.contract_date.is_some() {
                    tags.push("contract");
                    let ended = status.contains("สิ้นสุด") || status.contains("เสร็จ");
                    let contract = Object::new()
                        .text("id", &format!("{ocid}-contract"))
                        .text("awardID", &award_id)
                        .maybe("title", row.contract_no.as_deref())
                        .text(
                            "status",
                            match (cancelled, ended) {
                                (true, _) => "cancelled",
                                (_, true) => "terminated",
                                _ => "active",
                            },
                        )
                        .object("value", &amount(agreed));
                    let signed = row.contract_date.as_ref().map(|d| moment(d.value));
                    release = release.list(
                        "contracts",
                        &[contract.maybe("dateSigned", signed.as_deref())],
                    );
                }
            }
            let release = release.texts("tag", &tags);
            // A release never changes: one that was corrected is another.
            let content = digest(release.json().as_bytes()).to_string();
            let id = format!(
                "{ocid}-{}-{}",
                date.iso(),
                content.get(..8).unwrap_or_default()
            );
            Some(release.text("id", &id))
        })
        .collect()
}
