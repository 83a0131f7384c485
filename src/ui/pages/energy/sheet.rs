//! A period as a sheet to print: one page of PDF with the figures, the bars and their table.
//!
//! The text is in Helvetica, which every reader of PDF has, so letters beyond Western European ones become question
//! marks.

use pdf_writer::{Content, Finish as _, Name, Pdf, Rect, Ref, Str};

/// The contents of a sheet.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Sheet {
    pub(super) title: String,
    /// Each figure with its value and what it rests on.
    pub(super) figures: Vec<[String; 3]>,
    /// The name of each bar, its seconds, and those of a year before.
    pub(super) bars: Vec<(String, u64, u64)>,
    /// The words above the bars.
    pub(super) legend: String,
    /// The head of the table, and its rows.
    pub(super) head: Vec<String>,
    pub(super) rows: Vec<Vec<String>>,
    pub(super) footer: String,
}

/// A4, in points, and the margin around everything.
const WIDTH: f32 = 595.0;
const HEIGHT: f32 = 842.0;
const MARGIN: f32 = 48.0;
const BARS_HEIGHT: f32 = 130.0;
/// Most characters of a line of a figure at its size.
const LINE: usize = 104;
/// The colours of a bar, and of one of a year before: paper is light.
const NOW: [f32; 3] = [0.68, 0.28, 0.0];
const BEFORE: [f32; 3] = [0.90, 0.78, 0.70];
const GREY: [f32; 3] = [0.35, 0.38, 0.42];
const REGULAR: Name<'_> = Name(b"F1");
const BOLD: Name<'_> = Name(b"F2");

impl Sheet {
    /// The sheet as a file.
    pub(super) fn pdf(&self) -> Vec<u8> {
        let [catalog, pages, page, regular, bold, content] = [1, 2, 3, 4, 5, 6].map(Ref::new);
        let mut pdf = Pdf::new();
        pdf.catalog(catalog).pages(pages);
        pdf.pages(pages).kids([page]).count(1);
        let mut about = pdf.page(page);
        about.media_box(Rect::new(0.0, 0.0, WIDTH, HEIGHT)).parent(pages).contents(content);
        about.resources().fonts().pair(REGULAR, regular).pair(BOLD, bold);
        about.finish();
        for (font, name) in [(regular, &b"Helvetica"[..]), (bold, &b"Helvetica-Bold"[..])] {
            pdf.type1_font(font).base_font(Name(name)).encoding_predefined(Name(b"WinAnsiEncoding"));
        }
        pdf.stream(content, &self.drawing());
        pdf.finish()
    }

    fn drawing(&self) -> Vec<u8> {
        let mut drawing = Drawing { content: Content::new(), y: HEIGHT - MARGIN };
        drawing.line(BOLD, 18.0, [0.0; 3], MARGIN, &self.title);
        drawing.y -= 10.0;
        for [name, value, about] in &self.figures {
            drawing.text(REGULAR, 10.0, GREY, MARGIN, name);
            drawing.line(BOLD, 11.0, [0.0; 3], MARGIN + 170.0, value);
            for line in wrapped(about, LINE) {
                drawing.line(REGULAR, 8.0, GREY, MARGIN + 170.0, &line);
            }
            drawing.y -= 4.0;
        }
        drawing.y -= 8.0;
        drawing.line(REGULAR, 9.0, GREY, MARGIN, &self.legend);
        self.bars(&mut drawing);
        self.table(&mut drawing);
        drawing.y = MARGIN - 14.0;
        drawing.line(REGULAR, 8.0, GREY, MARGIN, &self.footer);
        drawing.content.finish().to_vec()
    }

    fn bars(&self, drawing: &mut Drawing) {
        let most = self.bars.iter().map(|(_, now, before)| *now.max(before)).max().unwrap_or_default().max(1);
        let bottom = drawing.y - BARS_HEIGHT;
        let each = (WIDTH - 2.0 * MARGIN) / self.bars.len().max(1) as f32;
        for (index, (name, now, before)) in self.bars.iter().enumerate() {
            let left = MARGIN + each * index as f32;
            for (seconds, color, shift) in [(now, NOW, 0.08), (before, BEFORE, 0.5)] {
                let height = *seconds as f32 / most as f32 * (BARS_HEIGHT - 14.0);
                let [red, green, blue] = color;
                drawing.content.set_fill_rgb(red, green, blue);
                drawing.content.rect(left + each * shift, bottom + 14.0, each * 0.38, height);
                drawing.content.fill_nonzero();
            }
            drawing.y = bottom;
            // Every name of a month has its place; of days only some have.
            if self.bars.len() <= 16 || index % 4 == 0 {
                drawing.text(REGULAR, 7.0, GREY, left, name);
            }
        }
        drawing.y = bottom - 18.0;
    }

    fn table(&self, drawing: &mut Drawing) {
        let columns = self.head.len().max(1);
        let each = (WIDTH - 2.0 * MARGIN) / columns as f32;
        for (index, row) in std::iter::once(&self.head).chain(&self.rows).enumerate() {
            if drawing.y < MARGIN {
                break;
            }
            let font = if index == 0 { BOLD } else { REGULAR };
            for (column, cell) in row.iter().enumerate() {
                drawing.text(font, 7.5, [0.0; 3], MARGIN + each * column as f32, cell);
            }
            drawing.y -= 9.6;
        }
    }
}

/// The page under way; lines go down from `y`.
struct Drawing {
    content: Content,
    y: f32,
}

impl Drawing {
    fn text(&mut self, font: Name<'_>, size: f32, [red, green, blue]: [f32; 3], x: f32, text: &str) {
        self.content.set_fill_rgb(red, green, blue);
        self.content.begin_text().set_font(font, size).next_line(x, self.y).show(Str(&win_ansi(text))).end_text();
    }

    fn line(&mut self, font: Name<'_>, size: f32, color: [f32; 3], x: f32, text: &str) {
        self.text(font, size, color, x, text);
        self.y -= size * 1.35;
    }
}

/// The text in the encoding of Windows for Western Europe, which its fonts in PDF have.
fn win_ansi(text: &str) -> Vec<u8> {
    let byte = |c: char| match c {
        '\u{20ac}' => 0x80,
        '\u{2026}' => 0x85,
        '\u{2018}' => 0x91,
        '\u{2019}' => 0x92,
        '\u{201c}' => 0x93,
        '\u{201d}' => 0x94,
        '\u{2013}' => 0x96,
        '\u{2014}' => 0x97,
        '\u{202f}' | '\u{a0}' => b' ',
        c => {
            u8::try_from(u32::from(c)).ok().filter(|byte| !(0x80..0xa0).contains(byte) && *byte >= 0x20).unwrap_or(b'?')
        }
    };
    text.chars().map(byte).collect()
}

/// The words in lines of at most some characters.
fn wrapped(text: &str, most: usize) -> Vec<String> {
    let mut lines: Vec<String> = Vec::new();
    for word in text.split_whitespace() {
        match lines.last_mut() {
            Some(line) if line.chars().count() + word.chars().count() < most => {
                line.push(' ');
                line.push_str(word);
            }
            Some(_) | None => lines.push(word.to_owned()),
        }
    }
    lines
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_sheet_is_a_pdf_with_its_texts() {
        let sheet = Sheet {
            title: "Energie Nov. 2026 – Küche".to_owned(),
            figures: vec![["Geheizt".to_owned(), "70 h".to_owned(), "2 % weniger".to_owned()]],
            bars: (0..30).map(|n| (format!("{n}."), n * 600, 3_600)).collect(),
            legend: "Nov.".to_owned(),
            head: vec!["Zeit".to_owned(), "Geheizt".to_owned()],
            rows: vec![vec!["1.".to_owned(), "–".to_owned()]; 200],
            footer: "日本".to_owned(),
        };
        let file = sheet.pdf();
        assert!(file.starts_with(b"%PDF-1.7") && file.ends_with(b"%%EOF"));
        let has = |bytes: &[u8]| file.windows(bytes.len()).any(|part| part == bytes);
        // Texts beyond ASCII are written as hexadecimal digits.
        assert!(has(b"(70 h)") && has(b"4BFC636865") && has(b"(??)"), "{}", String::from_utf8_lossy(&file));
        assert!(file.len() < 100_000, "the table ends with the page");
    }

    #[test]
    fn long_texts_are_broken_between_words() {
        assert_eq!(wrapped("one two three four", 9), ["one two", "three", "four"]);
        assert_eq!(wrapped("", 9), Vec::<String>::new());
    }
}
