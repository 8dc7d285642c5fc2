//! Parts that many pages have: the frame, texts, attachments, tables.

use crate::content::agency::{Channel, Words};
use crate::content::markdown::{HeadingIds, note_name};
use crate::content::page::{Attachment, Page as Text, PageTable};
use crate::content::sheet::is_grand_total;
use crate::content::{agency, read_note, read_source_text};
use crate::diagnostic::{Diagnostic, Lang, Place, Say};
use crate::files::SitePath;
use crate::render::format::{Page, cell, figure, head, nothing};
use crate::render::html::escaped;
use crate::render::markdown::{Source, is_figure, render};
use crate::render::view::*;
use crate::site::address::{Kind, Route, Target};
use crate::site::refer::From;

/// Canonical address, language links, defaults.
pub fn frame(page: &Page<'_>, route: &Route, view: &mut PageView) {
    let site = page.site;
    view.canonical = format!(
        "{}/{}",
        site.base_url,
        crate::render::links::encode_path(&route.address)
    );
    let poster = format!("{}poster/", route.address);
    let closed = matches!(route.kind, Kind::Eit(year) if super::eit::is_closed(page, year));
    if !closed
        && site
            .routes
            .get(&poster)
            .is_some_and(|r| r.kind == Kind::Poster(route.address.clone()))
    {
        view.poster = Some(page.linker.page(&poster));
    }
    view.alternate = alternate(page, route);
}

/// The same page in the other language, or that language's home page.
pub fn alternate(page: &Page<'_>, route: &Route) -> Option<Alternate> {
    let site = page.site;
    if !site.content.settings.english {
        return None;
    }
    let (lang, label, home) = match route.lang {
        Lang::Th => ("en", "English", "en/"),
        Lang::En => ("th", "ภาษาไทย", ""),
    };
    let counterpart = site.routes.counterpart(route);
    let address = counterpart.map_or_else(|| home.to_string(), |r| r.address.to_string());
    Some(Alternate {
        href: page.linker.page(&address),
        lang,
        label,
        same: counterpart.is_some(),
        canonical: format!(
            "{}/{}",
            site.base_url,
            crate::render::links::encode_path(&address)
        ),
    })
}

pub fn crumb(title: String, href: String) -> Crumb {
    Crumb {
        title,
        href: Some(href),
    }
}

pub fn home_crumb(page: &Page<'_>) -> Crumb {
    crumb(page.say("หน้าแรก", "Home"), page.page_href(""))
}

pub fn year_crumb(page: &Page<'_>, year: u16) -> Crumb {
    crumb(year_title(page, year), page.page_href(&format!("{year}/")))
}

pub fn year_title(page: &Page<'_>, year: u16) -> String {
    match page.lang {
        Lang::Th => format!("ปี {}", page.digits(&year.to_string())),
        Lang::En => page.year(year),
    }
}

/// `ปีงบประมาณ พ.ศ. 2568 (1 ต.ค. 2567 – 30 ก.ย. 2568)`.
pub fn fiscal_year(page: &Page<'_>, year: u16) -> String {
    let before = year.saturating_sub(1);
    match page.lang {
        Lang::Th => page.digits(&format!(
            "พ.ศ.\u{a0}{year} (1\u{a0}ต.ค.\u{a0}{before} – 30\u{a0}ก.ย.\u{a0}{year})"
        )),
        Lang::En => {
            let ce = year.saturating_sub(543);
            format!(
                "{} (1\u{a0}October {} – 30\u{a0}September {ce})",
                page.year(year),
                ce.saturating_sub(1)
            )
        }
    }
}

/// A text's Markdown as HTML, with the files of its tables; nothing of a text
/// without words.
pub fn prose(
    page: &Page<'_>,
    text: &Text,
    year: u16,
    ids: &mut HeadingIds,
    found: &mut Vec<Diagnostic>,
) -> Vec<Part> {
    let Ok(path) = SitePath::new(&text.file) else {
        return Vec::new();
    };
    // The text was judged when it was loaded; reading it again need not.
    let again = page
        .site
        .files
        .read(&path)
        .ok()
        .filter(|b| !b.starts_with(&[0xEF, 0xBB, 0xBF]))
        .and_then(|b| String::from_utf8(b).ok())
        .or_else(|| read_source_text(page.site.files.as_ref(), &path, &mut Vec::new()));
    let Some(full) = again else {
        found.push(changed(&text.file));
        return Vec::new();
    };
    let Some(body) = full
        .get(text.body.clone())
        .filter(|_| text.body.end == full.len())
    else {
        found.push(changed(&text.file));
        return Vec::new();
    };
    let source = Source {
        site: page.site,
        linker: &page.linker,
        from: From {
            file: &text.file,
            year,
            lang: page.lang,
        },
        offset: text.body.start,
        demote: 0,
        data: &|table| super::data::links_of_page(page, &text.file, table),
    };
    render(body, &source, ids, found)
}

/// A note's Markdown, a level below the page's own headings.
pub fn note(
    page: &Page<'_>,
    reference: &agency::Reference,
    year: u16,
    ids: &mut HeadingIds,
    found: &mut Vec<Diagnostic>,
) -> Option<Vec<Part>> {
    let (path, full, body) = read_note(page.site.files.as_ref(), reference, found)?;
    let name = note_name(&path);
    ids.follows(&name);
    let source = Source {
        site: page.site,
        linker: &page.linker,
        from: From {
            file: path.as_str(),
            year,
            lang: page.lang,
        },
        offset: body.start,
        demote: 1,
        data: &|table| super::data::links(page, &crate::data::note_slug(table), Some(year)),
    };
    Some(render(full.get(body.clone())?, &source, ids, found))
}

fn changed(file: &str) -> Diagnostic {
    Diagnostic::error(
        "changed-while-building",
        Say::new(
            "ไฟล์นี้ถูกแก้ไขระหว่างที่กำลังสร้างเว็บไซต์",
            "this file was changed while the site was built",
        ),
    )
    .at(Place::file(file))
    .hint(Say::new("สั่งสร้างใหม่อีกครั้ง", "run it again"))
}

/// Which unit answers for a page made of records alone, and as of which day.
pub fn vouched(page: &Page<'_>, kind: &Kind, view: &mut PageView) {
    let words = crate::site::dates::vouching(page.site, kind);
    if let Some(unit) = words.and_then(|w| w.extras.unit.as_ref()) {
        view.facts
            .push(page.fact("หน่วยงานรับผิดชอบ", "Unit", page.unit_html(&unit.raw)));
    }
    if let Some(date) = crate::site::dates::page_updated(page.site, kind) {
        let day = page.day(date);
        view.facts
            .push(page.fact("ข้อมูล ณ วันที่", "As of", page.time(&day)));
        view.updated = Some(day);
    }
}

/// The sections that any text page has besides its words: questions, tables,
/// statements of none, files, links.
pub fn extras(page: &Page<'_>, text: &Text, found: &mut Vec<Diagnostic>) -> Vec<Section> {
    let extras = &text.extras;
    let mut sections = Vec::new();
    let topic = page.site.routes.get(page.address);
    let topic = topic.and_then(|route| page.site.topic_of(&route.kind));
    let some = topic.is_some_and(|(y, t)| crate::site::prove::counts_some(page.site, y, t, None));
    for (index, none) in extras.none.iter().enumerate() {
        sections.push(Section::None {
            title: none_word(page, some),
            id: format!("none-{}", index + 1),
            text: none.text.clone(),
            date: none.date.as_ref().map(|d| page.written_day(d).text),
        });
    }
    for table in &extras.tables {
        sections.push(Section::Table(own_table(page, &text.file, table)));
    }
    if !extras.questions.is_empty() {
        let items = extras
            .questions
            .iter()
            .map(|q| QuestionView {
                question: q.question.clone(),
                answer: escaped(&q.answer),
            })
            .collect();
        sections.push(Section::Questions {
            id: "questions".into(),
            title: page.say("คำถามและคำตอบ", "Questions and answers"),
            items,
        });
    }
    sections.extend(files(page, &extras.files, &extras.tables, found));
    if !extras.links.is_empty() {
        let items = extras
            .links
            .iter()
            .filter_map(|l| {
                let target = page.target(&l.to)?;
                Some(Link {
                    title: page.words(&l.title),
                    href: page.linker.href(&target),
                    external: matches!(target, Target::Outside(_)),
                })
            })
            .collect();
        sections.push(Section::Links {
            id: "links".into(),
            title: page.say("ดูเพิ่มเติม", "See also"),
            items,
        });
    }
    if !extras.notes.is_empty() {
        let html = extras
            .notes
            .iter()
            .map(|n| format!("<p>{}</p>", page.thai(n)))
            .collect();
        sections.push(Section::Notice {
            title: Some(page.say("หมายเหตุ", "Notes")),
            html,
            warn: false,
        });
    }
    sections
}

/// What a statement of none is called; of months without where others have
/// something.
pub fn none_word(page: &Page<'_>, some: bool) -> String {
    if some {
        page.say("แจ้งเดือนที่ไม่มี", "Months with none")
    } else {
        page.say("แจ้งว่าไม่มี", "None stated")
    }
}

fn files(
    page: &Page<'_>,
    files: &[Attachment],
    tables: &[PageTable],
    _found: &mut Vec<Diagnostic>,
) -> Option<Section> {
    let mut items: Vec<FileEntry> = files
        .iter()
        .filter_map(|file| {
            let target = page.target(&file.path)?;
            Some(FileEntry {
                title: page.words(&file.title),
                href: page.linker.href(&target),
                about: about_file(page, &target),
                date: file.date.as_ref().map(|d| page.written_day(d).text),
            })
        })
        .collect();
    for table in tables {
        if let crate::content::page::TableSource::File { path, .. } = &table.source {
            let Some(target) = page.target(path) else {
                continue;
            };
            items.push(FileEntry {
                title: page.words(&table.title),
                href: page.linker.href(&target),
                about: about_file(page, &target),
                date: None,
            });
        }
    }
    (!items.is_empty()).then(|| Section::Files {
        id: "files".into(),
        title: page.say("ดาวน์โหลด", "Downloads"),
        items,
    })
}

/// `PDF, 1.2 MB`.
pub fn about_file(page: &Page<'_>, target: &Target) -> String {
    let Target::File { path } = target else {
        return page.say("เว็บไซต์ภายนอก", "another website");
    };
    let kind = path.rsplit('.').next().unwrap_or("").to_uppercase();
    let size = SitePath::new(&format!("{}/{path}", crate::content::FOLDER))
        .ok()
        .and_then(|p| {
            let content = &page.site.content;
            let cleaned = content.pictures.get(&p).and_then(|i| i.cleaned);
            cleaned.or_else(|| content.listing.get(&p).map(|e| e.size))
        })
        .unwrap_or(0);
    format!("{kind}, {}", file_size(size))
}

pub fn file_size(bytes: u64) -> String {
    match bytes {
        0..1_000 => format!("{bytes} B"),
        1_000..1_000_000 => format!("{} kB", (bytes + 500) / 1_000),
        _ => {
            let tenths = (bytes + 50_000) / 100_000;
            format!("{}.{} MB", tenths / 10, tenths % 10)
        }
    }
}

/// A table that a page brings along, with the totals that it asks for.
pub fn own_table(page: &Page<'_>, file: &str, table: &PageTable) -> Table {
    let grid = table.grid();
    let (header, rows) = match grid.rows.split_first() {
        Some((header, rows)) => (header.as_slice(), rows),
        None => (&[][..], &[][..]),
    };
    // A last row that adds up those above is not one of them.
    let (rows, summed) = match rows.split_last() {
        Some((last, above)) if table.total.is_empty() && is_grand_total(last) => {
            (above, Some(last))
        }
        _ => (rows, None),
    };
    let columns: Vec<Column> = header
        .iter()
        .enumerate()
        .map(|(index, label)| {
            let filled = || {
                rows.iter()
                    .filter_map(|r| r.get(index))
                    .filter(|c| !c.is_empty())
            };
            let numbers = filled().next().is_some() && filled().all(|c| is_figure(c));
            let long = filled().map(|c| c.chars().count()).max().unwrap_or(0) > 80;
            Column {
                label: label.clone(),
                class: if numbers {
                    "n"
                } else if long {
                    "long"
                } else {
                    ""
                },
            }
        })
        .collect();
    let cells = |row: &[String]| -> Vec<Cell> {
        columns
            .iter()
            .enumerate()
            .map(|(i, column)| {
                let text = row.get(i).map_or("", String::as_str);
                let is_money = column.class == "n" && speaks_of_money(&column.label);
                let grouped = is_money.then(|| grouped(text)).flatten();
                Cell {
                    html: multiline(page, grouped.as_deref().unwrap_or(text)),
                    class: if column.class == "n" { "n" } else { "" },
                    head: false,
                }
            })
            .collect()
    };
    let body: Vec<Row> = rows
        .iter()
        .map(|row| Row {
            cells: cells(row),
            ..Row::default()
        })
        .collect();
    let summed = summed.map(|row| {
        let mut cells = cells(row);
        if let Some(first) = cells.first_mut() {
            first.head = true;
        }
        cells
    });
    let total = (!table.total.is_empty()).then(|| {
        let mut cells: Vec<Cell> = header
            .iter()
            .enumerate()
            .map(|(index, label)| {
                let wanted = table.total.iter().any(|(c, _)| c.trim() == label.trim());
                if wanted {
                    figure(page.digits(&column_total(rows, index)))
                } else {
                    cell(String::new())
                }
            })
            .collect();
        if let Some(first) = cells.first_mut()
            && first.html.is_empty()
        {
            *first = head(page.say("รวม", "Total"));
        }
        cells
    });
    let total = total.or(summed);
    Table {
        id: table.id.clone(),
        list: false,
        title: None,
        caption: page.words(&table.title),
        wide: columns.len() > 6,
        columns,
        groups: vec![RowGroup::of(body)],
        total,
        unit: table.unit.as_ref().map(|u| page.words(u)),
        note: table.note.as_ref().map(|n| page.words(n)),
        data: super::data::links_of_page(page, file, &table.id),
    }
}

/// Whether a column's heading tells that its figures are baht.
fn speaks_of_money(heading: &str) -> bool {
    heading.contains("บาท") || heading.to_lowercase().contains("baht")
}

/// A plain number with commas: `1234.50` → `1,234.50`; nothing of any other.
fn grouped(text: &str) -> Option<String> {
    let (whole, decimals) = text.split_at(text.find('.').unwrap_or(text.len()));
    let is_long = whole.len() > 3 && !whole.starts_with(['0', '+']);
    let number: i64 = whole.parse().ok().filter(|_| is_long)?;
    Some(crate::thai::group_digits(number) + decimals)
}

/// Adds a column up: money when any cell has decimals, else a count.
fn column_total(rows: &[Vec<String>], index: usize) -> String {
    let cells: Vec<&str> = rows
        .iter()
        .filter_map(|r| r.get(index))
        .map(String::as_str)
        .collect();
    let sum = cells
        .iter()
        .filter_map(|c| crate::thai::Baht::parse(c).ok())
        .fold(0i64, |sum, b| sum.saturating_add(b.0));
    let decimals = cells.iter().any(|c| c.contains('.'));
    if decimals {
        crate::thai::Baht(sum).to_string()
    } else {
        crate::thai::group_digits(sum / 100)
    }
}

/// Text of a cell; line ends inside it are kept.
pub fn multiline(page: &Page<'_>, text: &str) -> String {
    text.split('\n')
        .map(|line| page.thai(line.trim_end_matches('\r')))
        .collect::<Vec<_>>()
        .join("<br>")
}

/// One channel as a card of facts.
pub fn channel_card(page: &Page<'_>, channel: &Channel) -> ChannelCard {
    let mut facts = Vec::new();
    let way = channel.way.names();
    if let Some(url) = &channel.url
        && let Some(target) = page.target(url)
    {
        let outside = matches!(&target, Target::Outside(u) if u.starts_with("http"));
        let name = page.words_html(&channel.name);
        let words = match (page.lang, outside) {
            (Lang::Th, true) => format!("ไปที่ {name} (เว็บไซต์ภายนอก)"),
            (Lang::Th, false) => format!("ไปที่ {name}"),
            (Lang::En, true) => format!("Go to {name} (another website)"),
            (Lang::En, false) => format!("Go to {name}"),
        };
        let shown = match &target {
            Target::Outside(u) => format!(
                "<br><span class=\"url\">{}</span>",
                crate::render::html::url(u)
            ),
            _ => String::new(),
        };
        facts.push(Fact {
            label: page.say(way.0, way.1),
            html: page.link_around(&target, &words) + &shown,
        });
    }
    if let Some(account) = &channel.account {
        // Beside its address the name of the way stands already.
        let label = match channel.url {
            Some(_) => page.say("ชื่อบัญชี", "Account"),
            None => page.say(way.0, way.1),
        };
        facts.push(Fact {
            label,
            html: page.thai(account),
        });
    }
    if let Some(phone) = &channel.phone {
        facts.push(page.fact("โทรศัพท์", "Telephone", page.phone_html(phone)));
    }
    if let Some(email) = &channel.email {
        facts.push(page.fact("อีเมล", "E-mail", page.email_html(email)));
    }
    let mut words = |th: &str, en: &str, value: &Option<Words>| {
        if let Some(value) = value {
            facts.push(page.fact(th, en, page.words_html(value)));
        }
    };
    words("ที่อยู่", "Address", &channel.address);
    words("เวลา", "Hours", &channel.hours);
    words("ผู้รับเรื่อง", "Read by", &channel.reader);
    words("ตอบกลับภายใน", "Answered within", &channel.answer_within);
    words("หมายเหตุ", "Note", &channel.note);
    if let Some(unit) = &channel.unit {
        facts.push(page.fact("หน่วยงานรับผิดชอบ", "Unit", page.unit_html(&unit.raw)));
    }
    if channel.two_way {
        facts.push(page.fact(
            "การตอบกลับ",
            "Two-way",
            page.say(
                "ถามแล้วได้คำตอบจากเจ้าหน้าที่ทางช่องทางนี้",
                "Officials answer through this channel",
            ),
        ));
    }
    ChannelCard {
        id: channel.id.clone(),
        name: page.words(&channel.name),
        facts,
    }
}

/// Channels of one purpose.
pub fn channels(page: &Page<'_>, purpose: agency::Purpose) -> Vec<ChannelCard> {
    page.site
        .content
        .channels
        .iter()
        .filter(|c| c.purpose == Some(purpose))
        .map(|c| channel_card(page, c))
        .collect()
}

/// The title of a page in the page's language.
pub fn text_title(page: &Page<'_>, text: &Text, fallback: &str) -> String {
    let own = match page.lang {
        Lang::En => text.title_en.as_ref().or(text.title.as_ref()),
        Lang::Th => text.title.as_ref(),
    };
    own.cloned().unwrap_or_else(|| fallback.to_string())
}

/// The English text of a Thai page, when an English page is being written.
pub fn in_language<'s>(page: &Page<'s>, key: &str, thai: Option<&'s Text>) -> Option<&'s Text> {
    match page.lang {
        Lang::Th => thai,
        Lang::En => page.site.english(key),
    }
}

/// A cell of words; an empty one is a dash.
pub fn words(page: &Page<'_>, text: Option<&String>) -> Cell {
    match text {
        Some(text) => cell(multiline(page, text)),
        None => nothing(),
    }
}
