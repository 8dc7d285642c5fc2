//! `prongsai serve`: arguments, and what the webmaster reads in the terminal
//! while the preview runs.

use std::io::Write;
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr, TcpListener, UdpSocket};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;

use clap::Args;

use crate::build::{self, Outcome, Request};
use crate::diagnostic::{Diagnostic, Diagnostics, Lang, system};
use crate::files::{Changes, FrozenFiles};
use crate::serve::{Audience, News, Preview, Settings, Watch, listen, run as answer, watch};
use crate::site::Options;
use crate::write::{Swap, WriteError};

use super::{Common, counts, report, say, today_in_thailand, usage_error};

/// New messages that are printed at once; the browser shows all.
const MOST_PRINTED: usize = 10;

#[derive(Debug, Args)]
pub struct ServeArgs {
    #[command(flatten)]
    common: Common,
    /// พอร์ต (ถ้าไม่ว่างจะใช้พอร์ตถัดไป 0 ให้ระบบเลือก) / Port; the next free one is taken if it is in use, any one for 0
    #[arg(long, short, default_value_t = 1111)]
    port: u16,
    /// ให้เครื่องอื่นในเครือข่ายเดียวกันเปิดดูได้ เช่น โทรศัพท์ / Let other devices on this network look, such as a phone
    #[arg(long, value_name = "IP", num_args = 0..=1, default_missing_value = "0.0.0.0")]
    host: Option<IpAddr>,
    /// เปิดเบราว์เซอร์ให้ทันที / Open the browser
    #[arg(long, short)]
    open: bool,
    /// ไม่โหลดหน้าใหม่เองเมื่อไฟล์เปลี่ยน / Pages do not reload by themselves
    #[arg(long)]
    no_reload: bool,
    /// ตรวจไฟล์ทุกวินาที สำหรับไดรฟ์เครือข่าย / Look at the files every second, for network drives
    #[arg(long)]
    poll: bool,
    /// เขียนลงโฟลเดอร์ public ทุกครั้งที่เว็บไซต์สมบูรณ์ / Also write public/ whenever the site is whole
    #[arg(long)]
    write: bool,
    /// คำสั่งเปิดไฟล์จากหน้าเว็บ / Command that opens a file from the page, such as "code -g {file}:{line}"
    #[arg(long, value_name = "COMMAND", env = "PRONGSAI_EDITOR")]
    editor: Option<String>,
}

pub fn run(args: &ServeArgs) -> u8 {
    let lang = args.common.lang();
    let options = match args.common.options(false) {
        Ok(options) => options,
        Err(message) => return usage_error(&message),
    };
    let host = args.host.unwrap_or(IpAddr::V4(Ipv4Addr::LOCALHOST));
    let listener = match listen(host, args.port) {
        Ok(listener) => listener,
        Err(error) => {
            return usage_error(&say(
                lang,
                format!(
                    "เปิดพอร์ต {} ที่ {host} ไม่ได้: {}",
                    args.port,
                    system::why(&error).th
                ),
                format!("port {} at {host} can't be opened: {error}", args.port),
            ));
        }
    };
    let fixed = args.common.today.is_some();
    let day = options.today;
    let settings = Settings {
        today: Box::new(move || if fixed { day } else { today_in_thailand() }),
        options: options.clone(),
        lang,
        audience: if host.is_loopback() {
            Audience::ThisMachine
        } else {
            Audience::Network
        },
        reload: !args.no_reload,
        editor: args.editor.clone(),
    };
    let root = &args.common.root;
    let preview = Arc::new(Preview::load(build::open(root), settings));
    let mut terminal = Terminal {
        lang,
        told: Vec::new(),
        host: String::new(),
        path: String::new(),
    };
    terminal.begin(&preview, args, &listener);
    let (answering, listener) = (preview.clone(), Arc::new(listener));
    let lost = listener.clone();
    let server = std::thread::Builder::new().spawn(move || {
        answer(&answering, &lost);
        // Without its port a preview is none.
        std::process::exit(2);
    });
    if let Err(error) = server {
        return usage_error(&error.to_string());
    }
    let watched = Watch {
        root: root.clone(),
        poll: args.poll,
    };
    let publisher = args
        .write
        .then(|| Publisher::start(root.clone(), options, fixed, lang));
    watch(&preview, &watched, &mut |news| {
        terminal.tell(&preview, &news);
        if let Some(publisher) = &publisher
            && matches!(news, News::Checked)
        {
            let report = preview.report();
            if report.errors == 0 && !report.checking {
                let _ = publisher.request.send(report.files);
            }
        }
    });
    0
}

struct Terminal {
    lang: Lang,
    /// Messages that were printed and still hold.
    told: Vec<Diagnostic>,
    /// Where the preview answers, and below which path.
    host: String,
    path: String,
}

impl Terminal {
    fn say(&self, th: impl Into<String>, en: impl Into<String>) {
        eprintln!("{}", say(self.lang, th, en));
    }

    /// The first lines: messages, then where to look.
    fn begin(&mut self, preview: &Preview, args: &ServeArgs, listener: &TcpListener) {
        let lang = self.lang;
        let address = listener.local_addr().ok();
        let port = address.map_or(args.port, |a| a.port());
        let state = preview.report();
        self.print_new(&state.messages, state.files.as_ref());
        if port != args.port && args.port != 0 {
            self.say(
                format!("พอร์ต {} ไม่ว่าง ใช้พอร์ต {port} แทน", args.port),
                format!("port {} is taken; using {port}", args.port),
            );
        }
        let pages = state.pages;
        let problems = if state.messages.is_empty() {
            String::new()
        } else {
            format!(" ({})", counts(&state.messages, lang))
        };
        let here = match address.map(|a| a.ip()) {
            Some(IpAddr::V6(ip)) if ip == Ipv6Addr::LOCALHOST => "[::1]".to_string(),
            Some(ip) if !ip.is_unspecified() => ip.to_string(),
            _ => Ipv4Addr::LOCALHOST.to_string(),
        };
        let path = preview.base_path();
        let url = format!("http://{here}:{port}{path}");
        self.host = format!("http://{here}:{port}");
        self.path.clone_from(&path);
        // One line on the standard output, for whoever starts this from a
        // program.
        println!(
            "{}",
            say(
                lang,
                format!(
                    "ดูเว็บไซต์ {pages} หน้าได้ที่  {url}{problems}  บันทึกไฟล์แล้วหน้าเว็บเปลี่ยนทันที หยุดด้วย Ctrl-C"
                ),
                format!(
                    "{pages} pages at  {url}{problems}  every saved file shows at once; stop with Ctrl-C"
                ),
            )
        );
        let _ = std::io::stdout().flush();
        if let Some(host) = args.host.filter(|host| !host.is_loopback()) {
            self.network(host, port, &path);
        }
        if args.open
            && let Err(error) = opener::open_browser(&url)
        {
            self.say(
                format!("เปิดเบราว์เซอร์ไม่ได้ ({error}) ให้เปิดที่อยู่ข้างบนเอง"),
                format!("the browser did not open ({error}); open the address above yourself"),
            );
        }
    }

    /// Whoever asks for the network is told what that means, and gets the
    /// address for a phone.
    fn network(&self, host: IpAddr, port: u16, path: &str) {
        self.say(
            "คำเตือน: ทุกคนในเครือข่ายเดียวกันเปิดดูเว็บไซต์นี้ได้ รวมถึงสิ่งที่ยังไม่เผยแพร่ ควรใช้เฉพาะเครือข่ายที่ไว้ใจ",
            "warning: everyone on this network can see this site, unpublished things too; use it on a network that you trust",
        );
        let ip = if host.is_unspecified() {
            own_address()
        } else {
            Some(host)
        };
        let Some(ip) = ip else {
            self.say(
                "ไม่พบที่อยู่ของเครื่องนี้ในเครือข่าย ตรวจว่าเชื่อมต่อเครือข่ายแล้ว",
                "this machine has no address on a network; is it connected?",
            );
            return;
        };
        let url = match ip {
            IpAddr::V4(ip) => format!("http://{ip}:{port}{path}"),
            IpAddr::V6(ip) => format!("http://[{ip}]:{port}{path}"),
        };
        self.say(
            format!("โทรศัพท์ในเครือข่ายเดียวกันเปิดได้ที่  {url}  หรือสแกน QR นี้"),
            format!("a phone on the same network opens  {url}  or scans this code"),
        );
        if let Ok(code) = fast_qr::QRBuilder::new(url).build() {
            let colour = super::lay::Screen::of(&std::io::stderr()).colour;
            eprint!("{}", code_in_text(&code, colour));
        }
    }

    fn tell(&mut self, preview: &Preview, news: &News) {
        match news {
            News::Shown { changes, took } => {
                let (what, time) = (described(changes, self.lang), milliseconds(*took));
                let state = preview.report();
                let path = preview.base_path();
                if path != self.path {
                    self.path = path;
                    let url = format!("{}{}", self.host, self.path);
                    self.say(
                        format!("ที่อยู่เปลี่ยนตาม base_url เป็น  {url}"),
                        format!("base_url changed: the site is now at  {url}"),
                    );
                }
                if state.stale {
                    self.say(
                        format!("{what}: มีข้อผิดพลาด จึงยังแสดงฉบับก่อนหน้า ({time} มิลลิวินาที)"),
                        format!(
                            "{what}: has errors, so the version before stays on screen ({time} ms)"
                        ),
                    );
                } else {
                    self.say(
                        format!("{what}: แสดงแล้ว ({time} มิลลิวินาที)"),
                        format!("{what}: shown ({time} ms)"),
                    );
                }
            }
            News::Checked => {
                let state = preview.report();
                if state.checking {
                    // A newer site came: what is said of it is not whole yet.
                    return;
                }
                let before = self.told.len();
                self.told
                    .retain(|told| state.messages.iter().any(|now| now == told));
                let mended = before - self.told.len();
                let new = self.print_new(&state.messages, state.files.as_ref());
                if mended > 0 || new > 0 {
                    let left = counts(&state.messages, self.lang);
                    if state.messages.is_empty() {
                        self.say("แก้ครบแล้ว ไม่มีข้อความเหลือ", "all mended: no messages are left");
                    } else {
                        self.say(
                            format!("แก้แล้ว {mended} รายการ ใหม่ {new} รายการ; ขณะนี้ {left}"),
                            format!("{mended} mended, {new} new; now {left}"),
                        );
                    }
                }
            }
            News::Polling(why) => self.say(
                format!("ระบบแจ้งการเปลี่ยนไฟล์ไม่ได้ ({why}) จึงตรวจไฟล์ทุกวินาทีแทน"),
                format!(
                    "the system can't tell of changed files ({why}); looking every second instead"
                ),
            ),
        }
    }

    /// Prints the messages that were not printed yet; how many there were.
    fn print_new(&mut self, messages: &Diagnostics, files: &dyn crate::files::Files) -> usize {
        let mut new: Vec<Diagnostic> = messages
            .iter()
            .filter(|d| !self.told.contains(d))
            .cloned()
            .collect();
        new.sort_by_key(|d| d.severity);
        let count = new.len();
        let mut shown = Diagnostics::default();
        shown.extend(new.iter().take(MOST_PRINTED).cloned());
        report(&shown, files, self.lang, false);
        if count > MOST_PRINTED {
            let more = count - MOST_PRINTED;
            self.say(
                format!(
                    "และอีก {more} รายการ ดูได้ในแถบด้านล่างของหน้าเว็บ หรือสั่ง prongsai build เพื่อดูทั้งหมด"
                ),
                format!("and {more} more: see the bar below each page, or prongsai build for all"),
            );
        }
        self.told.extend(new);
        count
    }
}

/// A QR code of half blocks, with the four modules of quiet around it that ISO
/// 18004 asks for. In colour it is black on white whatever the terminal is;
/// without, the letters are the light of it, as terminals are mostly dark.
fn code_in_text(code: &fast_qr::QRCode, colour: bool) -> String {
    const QUIET: usize = 4;
    let size = code.size;
    let is_dark = |row: usize, column: usize| {
        let inside = |n: usize| n.checked_sub(QUIET).filter(|n| *n < size);
        inside(row)
            .zip(inside(column))
            .is_some_and(|(row, column)| code[row][column].value())
    };
    let mut text = String::new();
    for row in (0..size + 2 * QUIET).step_by(2) {
        text.push_str(if colour { "\x1b[30;107m" } else { "" });
        for column in 0..size + 2 * QUIET {
            let (above, below) = (is_dark(row, column), is_dark(row + 1, column));
            text.push(match (above == colour, below == colour) {
                (true, true) => '█',
                (true, false) => '▀',
                (false, true) => '▄',
                (false, false) => ' ',
            });
        }
        text.push_str(if colour { "\x1b[0m\n" } else { "\n" });
    }
    text
}

/// Puts the site into the output folder as `build` would, whenever it is told
/// to; in a thread of its own, so that the preview goes on. The site is made of
/// the very files that were judged, whatever an editor does to them meanwhile.
struct Publisher {
    request: std::sync::mpsc::Sender<Arc<FrozenFiles>>,
}

/// Between two tries while something is in the way.
const BUSY: Duration = Duration::from_secs(2);

impl Publisher {
    fn start(root: PathBuf, mut options: Options, fixed: bool, lang: Lang) -> Publisher {
        let (request, requests) = std::sync::mpsc::channel();
        std::thread::spawn(move || {
            // Said once, not at each try.
            let mut told = String::new();
            while let Ok(mut files) = requests.recv() {
                loop {
                    while let Ok(newer) = requests.try_recv() {
                        files = newer;
                    }
                    if !fixed {
                        options.today = today_in_thailand();
                    }
                    if publish(&root, &files, &options, lang, &mut told) {
                        break;
                    }
                    if let Ok(newer) = requests.recv_timeout(BUSY) {
                        files = newer;
                    }
                }
            }
        });
        Publisher { request }
    }
}

/// Builds once; false where something is in the way and it is to be tried
/// again: another prongsai, a file that is held open.
fn publish(
    root: &Path,
    files: &Arc<FrozenFiles>,
    options: &Options,
    lang: Lang,
    told: &mut String,
) -> bool {
    let request = Request {
        root,
        files: files.clone(),
        output: root.join("public"),
        options: options.clone(),
        swap: Swap::Auto,
    };
    let output = request.output.display().to_string();
    let mut in_the_way = |code: &str, diagnostics: &Diagnostics| {
        if told != code {
            code.clone_into(told);
            report(diagnostics, files.as_ref(), lang, true);
            eprintln!(
                "{}",
                say(
                    lang,
                    format!("ยังเขียน {output} ไม่ได้ จะลองใหม่เรื่อย ๆ จนกว่าจะได้"),
                    format!("{output} could not be written; trying again until it can"),
                )
            );
        }
        false
    };
    match build::run(&request) {
        Ok(done) => match done.outcome {
            Outcome::Failed => in_the_way("failed", &done.diagnostics),
            Outcome::Built { report, .. } => {
                told.clear();
                let (written, removed) = (report.written, report.removed);
                eprintln!(
                    "{}",
                    say(
                        lang,
                        format!("เขียนลง {output} แล้ว: ใหม่หรือเปลี่ยน {written} ไฟล์ ลบ {removed} ไฟล์"),
                        format!(
                            "written to {output}: {written} files new or changed, {removed} removed"
                        ),
                    )
                );
                true
            }
            Outcome::Unchanged => {
                if !told.is_empty() {
                    told.clear();
                    eprintln!(
                        "{}",
                        say(
                            lang,
                            format!("{output} เป็นฉบับล่าสุดแล้ว"),
                            format!("{output} is up to date"),
                        )
                    );
                }
                true
            }
        },
        Err(WriteError::Interrupted) => true,
        Err(error) => {
            let mut diagnostics = Diagnostics::default();
            diagnostics.push(build::write_diagnostic(&error));
            in_the_way(error.code(), &diagnostics)
        }
    }
}

/// What changed, in one line.
fn described(changes: &Changes, lang: Lang) -> String {
    let first = changes
        .changed
        .iter()
        .chain(&changes.added)
        .chain(&changes.removed)
        .next();
    let count = changes.changed.len() + changes.added.len() + changes.removed.len();
    match (first, count, lang) {
        (None, _, Lang::Th) => "โฟลเดอร์".into(),
        (None, _, Lang::En) => "the folder".into(),
        (Some(path), 1, lang) => {
            let what = match (changes.added.is_empty(), changes.removed.is_empty(), lang) {
                (false, _, Lang::Th) => " (ใหม่)",
                (false, _, Lang::En) => " (new)",
                (_, false, Lang::Th) => " (ลบแล้ว)",
                (_, false, Lang::En) => " (deleted)",
                _ => "",
            };
            format!("{path}{what}")
        }
        (Some(path), n, Lang::Th) => format!("{path} และอีก {} ไฟล์", n - 1),
        (Some(path), n, Lang::En) => format!("{path} and {} more", n - 1),
    }
}

fn milliseconds(time: Duration) -> String {
    format!("{:.0}", (time.as_secs_f64() * 1000.0).max(1.0))
}

/// The address by which others reach this machine: the one that it would send
/// from. Nothing is sent.
fn own_address() -> Option<IpAddr> {
    let socket = UdpSocket::bind((Ipv4Addr::UNSPECIFIED, 0)).ok()?;
    // An address that is kept for documentation (RFC 5737): it needs a route,
    // not an answer.
    socket.connect((Ipv4Addr::new(192, 0, 2, 1), 9)).ok()?;
    let ip = socket.local_addr().ok()?.ip();
    (!ip.is_unspecified() && !ip.is_loopback()).then_some(ip)
}
