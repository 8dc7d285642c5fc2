/* Search of the published site. An enhancement of the index that the page holds: no library, no markup from text.
   The index is made by src/output/search; folding and cutting are those of src/thai/terms.rs, and both are tested
   against tests/search/terms.json. */
(function () {
  'use strict';

  // ---- Text: what counts as the same ----

  var MARK = /[\u0E31\u0E34-\u0E3A\u0E47-\u0E4E]/;
  var VOWEL_MARK = /[\u0E31\u0E34-\u0E3A\u0E47]/;
  // Glyphs of old Thai fonts: Windows from U+F700, Macintosh from U+F884.
  var GLYPHS = {
    F700: 'ฐิีึื่้๊๋์่้๊๋์ญัํ็่้๊๋์ฺุู',
    F884: 'ัิีึื็่่่้้้๊๊๊๋๋๋์์์ํญฺุูฐ'
  };
  var glyphs = {};
  Object.keys(GLYPHS).forEach(function (first) {
    GLYPHS[first].split('').forEach(function (letter, i) {
      glyphs[String.fromCharCode(parseInt(first, 16) + i)] = letter;
    });
  });

  function reorder(text) {
    var out = [], marks = [];
    function rank(c) { return VOWEL_MARK.test(c) ? 0 : c === '\u0E33' ? 2 : 1; }
    function flush() {
      // Sorting keeps the order of equals only in newer browsers.
      [0, 1, 2].forEach(function (r) {
        var last = '';
        marks.forEach(function (m) {
          if (rank(m) === r && m !== last) { out.push(m); last = m; }
        });
      });
      marks = [];
    }
    Array.prototype.forEach.call(text, function (c) {
      if (MARK.test(c) || c === '\u0E33') { marks.push(c); return; }
      if (c === '\u0E32' && marks.indexOf('\u0E4D') >= 0) {
        marks = marks.filter(function (m) { return m !== '\u0E4D'; });
        marks.push('\u0E33');
        return;
      }
      flush();
      if (c === 'เ' && out[out.length - 1] === 'เ') out[out.length - 1] = 'แ'; else out.push(c);
    });
    flush();
    return out.join('');
  }

  function normalise(text) {
    var shown = text.replace(/[\u200B-\u200D\u2060\uFEFF\u00AD]/g, '')
      .replace(/[\uF700-\uF89F]/g, function (c) { return glyphs[c] || c; });
    return reorder(reorder(shown).normalize('NFC'));
  }

  // The letter that a letter counts as; '' for marks that do not count.
  function plain(c) {
    if (c >= '๐' && c <= '๙') return String.fromCharCode(c.charCodeAt(0) - 0xE50 + 48);
    if (c === 'ใ') return 'ไ';
    if (c === 'ๅ') return 'า';
    if (c === '\u0EB0') return 'ะ';
    return /[\u0E3A\u0E46-\u0E4E\u0E2F]/.test(c) ? '' : c;
  }
  var THAI = /[\u0E01-\u0E3E\u0E40-\u0E45]/;
  var WORD = /[0-9a-z\u00C0-\u00D6\u00D8-\u00F6\u00F8-\u0E00\u0E80-\u1FFF\u2C00-\u2DFF\u3040-\uD7FF]/;
  var DIGIT = /[0-9]/;

  // Runs of Thai letters and words, each with the place in the text where each of its letters came from.
  function runs(text) {
    var all = [], run = null, paused = false, last = '';
    for (var i = 0; i < text.length; i++) {
      var c = plain(text.charAt(i).toLowerCase());
      if (!c) continue;
      var kind = THAI.test(c) ? 'thai' : WORD.test(c) ? 'word' : '';
      if (!kind) {
        if (c === '.' || c === ',') {
          var next = plain(text.charAt(i + 1));
          if (last === 'word' && DIGIT.test(run.text.slice(-1)) && DIGIT.test(next)) {
            if (c === '.') { run.text += c; run.at.push(i); }
            continue;
          }
        }
        paused = /[ \u00A0.]/.test(c) && (last === 'thai' || paused);
        last = '';
        continue;
      }
      var goes = kind === last || (kind === 'thai' && last === '' && paused);
      if (!goes) { run = { text: '', at: [], kind: kind }; all.push(run); }
      var doubled = kind === 'thai' && !paused && /[ะา]/.test(c) && run.text.slice(-1) === c;
      if (!doubled) { run.text += c; run.at.push(i); }
      paused = false;
      last = kind;
    }
    return all;
  }

  function clusters(run) {
    return run.match(/[เ-ไ][ก-ฮ][\u0E31\u0E34-\u0E3A\u0E47-\u0E4E]*[\u0E30\u0E32\u0E33\u0E45]?|[ก-ฮ][\u0E31\u0E34-\u0E3A\u0E47-\u0E4E]*[\u0E30\u0E32\u0E33\u0E45]?|[^]/g) || [];
  }

  var SOUNDS = 'ฃขฅคฆคญยฎดฏดตดฐทฑทฒทถทธทณนปบภพลรฬรฤรฦรศสษสซส';
  function sounds(run) {
    var out = [], letters = '';
    run.split('').forEach(function (c) {
      if (c < 'ก' || c > 'ฮ') return;
      for (var i = 0; i < SOUNDS.length; i += 2) if (SOUNDS.charAt(i) === c) { c = SOUNDS.charAt(i + 1); break; }
      if (letters.slice(-1) !== c) letters += c;
    });
    for (var i = 0; i + 3 <= letters.length; i++) out.push('~' + letters.substr(i, 3));
    return out;
  }

  function pairs(run) {
    var of = clusters(run), out = [];
    if (of.length === 1) return of;
    for (var i = 1; i < of.length; i++) out.push(of[i - 1] + of[i]);
    return out;
  }

  function terms(text) {
    var out = [];
    runs(normalise(text)).forEach(function (run) {
      if (run.kind === 'word') out.push(run.text);
      else out = out.concat(pairs(run.text), sounds(run.text));
    });
    return out;
  }

  function flat(text) { return runs(normalise(text)).map(function (r) { return r.text; }).join(' '); }

  // ---- Files of the index ----

  var handed = {}, waiting = {};
  window.prongsaiSearch = function (numbering, name, value) {
    handed[name] = { numbering: numbering, value: value };
  };
  window.prongsaiSearch.terms = terms; // for the tests that compare it with the build's

  function Index(folder) {
    this.folder = folder;
    this.shards = {};
    this.texts = {};
  }

  function fetchScript(url, name) {
    if (waiting[url]) return waiting[url];
    return waiting[url] = new Promise(function (done, failed) {
      var script = document.createElement('script');
      script.src = url;
      script.onload = function () {
        var got = handed[name];
        delete waiting[url];
        script.remove();
        if (got) done(got); else failed(new Error(url));
      };
      script.onerror = function () {
        delete waiting[url];
        script.remove();
        failed(new Error(url));
      };
      document.head.appendChild(script);
    });
  }

  var LETTERS = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_', value = {};
  LETTERS.split('').forEach(function (c, i) { value[c] = i; });

  // Names of files stay while their words change: an hour is as long as a browser may hold an old index.
  Index.prototype.open = function (fresh) {
    var index = this;
    if (index.opening && !fresh) return index.opening;
    var stamp = fresh ? Date.now() : Math.floor(Date.now() / 36e5);
    return index.opening = fetchScript(index.folder + 'index.js?' + stamp, 'index').then(function (got) {
      var head = got.value, pages = head.p;
      index.numbering = got.numbering;
      index.head = head;
      index.shards = {};
      index.texts = {};
      index.pages = [];
      for (var i = 0; i < pages.length; i += 6) {
        index.pages.push({
          number: i / 6,
          year: head.y[value[pages.charAt(i)] - 1] || 0,
          item: value[pages.charAt(i + 1)] * 64 + value[pages.charAt(i + 2)],
          title: value[pages.charAt(i + 3)],
          parts: value[pages.charAt(i + 4)],
          weight: [1, 0.85, 0.6][value[pages.charAt(i + 5)]]
        });
      }
      index.places = head.u.map(function (place) { return { names: place.n.map(flat), page: place.p, anchor: place.a }; });
      index.same = head.w.map(function (group) { return group.map(flat); }).concat(index.places.map(function (place) { return place.names; }));
      return index;
    }, function (error) { index.opening = null; throw error; });
  };

  // A file of another numbering than the index's: the site was published anew meanwhile.
  function Stale() {}

  Index.prototype.file = function (name) {
    var index = this;
    return fetchScript(index.folder + name + '.js?' + index.head.v, name).then(function (got) {
      if (got.numbering !== index.numbering) throw new Stale();
      return got.value;
    });
  };

  Index.prototype.shard = function (number) {
    var index = this;
    if (!index.shards[number]) {
      index.shards[number] = index.file('s' + number).then(function (body) {
        return body.split('|').map(function (entry) {
          var at = entry.indexOf(' ');
          return { term: entry.slice(0, at), list: entry.slice(at + 1) };
        });
      });
      index.shards[number].catch(function () { delete index.shards[number]; });
    }
    return index.shards[number];
  };

  // The shards that may hold terms beginning with `term`.
  Index.prototype.where = function (term, prefix) {
    var starts = this.head.s, low = 0, high = starts.length;
    while (low < high) {
      var middle = (low + high) >> 1;
      if (starts[middle] <= term) low = middle + 1; else high = middle;
    }
    var found = [Math.max(0, low - 1)];
    while (prefix && low < starts.length && starts[low].indexOf(term) === 0 && found.length < 3) found.push(low++);
    return starts.length ? found : [];
  };

  Index.prototype.text = function (page, part) {
    var name = 't' + page + (part ? '-' + part : ''), index = this;
    if (!index.texts[name]) {
      index.texts[name] = index.file(name);
      index.texts[name].catch(function () { delete index.texts[name]; });
    }
    return index.texts[name];
  };

  function decode(list, hits) {
    var page = 0, at = 0;
    function number() {
      var n = 0, scale = 1;
      for (;;) {
        var v = value[list.charAt(at++)];
        n += (v & 31) * scale;
        if (v < 32) return n;
        scale *= 32;
      }
    }
    while (at < list.length) {
      var first = number();
      page += Math.floor(first / 8);
      var level = (first >> 1) & 3, parts = first & 1 ? number() : 1, known = hits[page];
      if (known) { known.level = Math.max(known.level, level); known.parts |= parts; }
      else hits[page] = { level: level, parts: parts };
    }
  }

  // One slip of the keyboard: a letter more, less, other, or two exchanged.
  function near(a, b) {
    if (Math.abs(a.length - b.length) > 1) return false;
    var i = 0, j = 0;
    while (i < a.length && a.charAt(i) === b.charAt(i)) i++;
    while (j < a.length - i && j < b.length - i && a.charAt(a.length - 1 - j) === b.charAt(b.length - 1 - j)) j++;
    var x = a.length - i - j, y = b.length - i - j;
    return x <= 1 && y <= 1 ||
      x === 2 && y === 2 && a.charAt(i) === b.charAt(i + 1) && a.charAt(i + 1) === b.charAt(i);
  }

  // ---- Questions ----

  // O18, โอ ๑๘, ข้อ 18, รายการที่ 18: the item, and what else was asked.
  var ITEM = /(^|[^a-z0-9ก-๎])(?:o|โอ|ข้อที่|ข้อ|รายการที่|รายการ|oit|item)[ \u00A0.\-–]*(?:o[ \u00A0.\-–]*)?([0-9]{1,3})(?![0-9]|[.,\/][0-9])/i;

  var YEAR = /(^|[^0-9])(?:ปีงบประมาณ|ประจำปี|ปี|พ\.ศ\.|ค\.ศ\.|b\.e\.)*[ \u00A0]*(?:[พค]\.ศ\.[ \u00A0]*)?(2[0-9]{3})(?![0-9])/;
  // ปี 67; two digits alone only where nothing else is asked.
  var SHORT_YEAR = /(^|[^0-9])(?:ปีงบประมาณ|ประจำปี|ปี|พ\.ศ\.)[ \u00A0]*(?:พ\.ศ\.[ \u00A0]*)?([0-9]{2})(?![0-9])|^()([0-9]{2})$/;

  // Words around what is asked.
  var ASKING = /^(?:ใครเป็น|ใครคือ|อยากรู้|อยากทราบ|ขอทราบ)|(?:คือใคร|เท่าไหร่|เท่าไร|(?:อยู่)?ที่ไหน|ยังไง|อย่างไร|ทำไง|เมื่อไหร่|เมื่อไร|มั้ย|ค่ะ|ครับ|\?)+$/g;

  function ask(text, years) {
    var plainText = normalise(text).toLowerCase().replace(/[๐-๙]/g, plain).trim();
    var bare = plainText.replace(ASKING, '').trim();
    if (clusters(bare).length > 1) plainText = bare;
    var found = ITEM.exec(plainText);
    var question = { text: plainText, item: 0, year: 0, rest: plainText };
    if (found && +found[2]) {
      question.item = +found[2];
      question.rest = (plainText.slice(0, found.index) + found[1] + ' ' +
        plainText.slice(found.index + found[0].length)).replace(/\s+/g, ' ').trim();
    }
    // A year of the site is asked for as such, unless it is all that was asked.
    function taken(all, before, year, alone, bare) {
      var number = +(year || bare);
      // Buddhist, Christian, or the last two digits of a Buddhist one.
      var known = [number, number + 543, number + 2500].filter(function (y) { return years.indexOf(y) >= 0; })[0];
      if (!known) return all;
      question.year = known;
      return before || '';
    }
    question.rest = question.rest.replace(YEAR, function (all, before, year) { return taken(all, before, year); }).trim();
    if (!question.year) question.rest = question.rest.replace(SHORT_YEAR, taken).trim();
    if (!question.rest && !question.item) question.rest = question.year ? String(question.year) : plainText;
    return question;
  }

  // การ and ความ come and go: terms that touch them count little.
  var LIGHT = 0.3;
  function wanted(text) {
    var out = [], all = runs(text);
    all.forEach(function (run, n) {
      var last = n === all.length - 1;
      if (run.kind === 'word') {
        out.push({ term: run.text, weight: 1, word: true });
        return;
      }
      // A vowel that waits for its consonant, as the word is being typed.
      var typed = last && run.text.length > 1 ? run.text.replace(/[เ-ไ]$/, '') : run.text;
      var light = {}, at = 0;
      typed.replace(/การ|ความ/g, function (m, i) { for (var k = 0; k < m.length; k++) light[i + k] = true; return m; });
      var of = clusters(typed), only = Object.keys(light).length === typed.length;
      for (var i = 0; i < Math.max(1, of.length - 1); i++) {
        var term = of[i] + (of[i + 1] || ''), touches = false;
        for (var k = at; k < at + term.length; k++) touches = touches || light[k];
        out.push({ term: term, weight: touches && !only ? LIGHT : 1, prefix: last && i >= of.length - 2 });
        at += of[i].length;
      }
    });
    return out;
  }

  // Sounds of a run that is long.
  var LONG = 8;

  // Each term with the pages that have it.
  Index.prototype.hits = function (list) {
    var index = this;
    return Promise.all(list.map(function (want) {
      var prefix = want.prefix || (want.word && want.term.length > 1);
      return Promise.all(index.where(want.term, prefix).map(function (n) { return index.shard(n); })).then(function (all) {
        var exact = {}, begins = {}, close = {}, has = { exact: false, begins: false, close: false };
        all.forEach(function (entries) {
          entries.forEach(function (entry) {
            if (entry.term === want.term) { decode(entry.list, exact); has.exact = true; }
            else if (prefix && entry.term.indexOf(want.term) === 0) { decode(entry.list, begins); has.begins = true; }
            else if (want.word && want.term.length > 3 && !DIGIT.test(want.term) && near(entry.term, want.term)) {
              decode(entry.list, close);
              has.close = true;
            }
          });
        });
        var pages = exact;
        if (!has.exact || want.prefix) {
          var more = has.begins ? begins : !has.exact && has.close ? close : {};
          Object.keys(more).forEach(function (p) {
            if (!pages[p]) pages[p] = { level: has.begins ? more[p].level : Math.min(2, more[p].level), parts: more[p].parts };
          });
        }
        var count = Object.keys(pages).length;
        want.pages = pages;
        want.idf = Math.log(1 + (index.pages.length - count + 0.5) / (count + 0.5));
        return want;
      });
    }));
  };

  var GAIN = [0.55, 0.8, 1, 1.6];

  // Scores of pages, 0 to about 3 with everything in the title.
  Index.prototype.score = function (list, factor, into) {
    var index = this, whole = 0, seen = {};
    list.forEach(function (want) { whole += want.weight * want.idf; });
    if (!whole) return;
    list.forEach(function (want) { Object.keys(want.pages).forEach(function (p) { seen[p] = true; }); });
    var unique = {};
    list.forEach(function (want) { unique[want.term] = true; });
    var terms = Object.keys(unique).length;
    Object.keys(seen).forEach(function (p) {
      var page = index.pages[p], sum = 0, has = 0, titled = 0, inTitle = 0, parts = [], best = 0, counted = {};
      list.forEach(function (want) {
        var hit = want.pages[p];
        if (!hit) return;
        var w = want.weight * want.idf;
        sum += w * GAIN[hit.level];
        has += w;
        if (hit.level === 3) { titled += w; if (!counted[want.term]) { counted[want.term] = true; inTitle++; } }
        for (var bit = 0; bit < page.parts; bit++) {
          if (hit.parts >>> bit & 1 || hit.level === 3) parts[bit] = (parts[bit] || 0) + w;
        }
      });
      for (var bit = 0; bit < page.parts; bit++) if ((parts[bit] || 0) > (parts[best] || 0) + 1e-9) best = bit;
      var covers = has / whole, together = (parts[best] || 0) / whole, inName = titled / whole;
      if (covers < 0.3) return;
      // How much of the title was asked: an exact title stands before one that only holds the words.
      var exact = page.title ? Math.min(1, inTitle / page.title) : 0;
      var mean = (covers + together) / 2;
      var score = sum / whole * mean * mean + inName * inName * (0.3 + exact);
      score *= factor;
      if (!into[p] || into[p].score < score) into[p] = { page: page, part: best, score: score, covers: covers * factor, together: together * factor };
    });
  };

  Index.prototype.search = function (text, year, item) {
    var index = this, question = ask(text, index.head.y), scores = {}, held = false;
    var rest = question.rest, list = wanted(rest);
    return index.hits(list).then(function () {
      index.score(list, 1, scores);
      return index.has(rest, scores);
    }).then(function (whole) {
      held = whole || !list.length;
      // Other words for the same, and near spellings, where the question itself is nowhere.
      var more = index.others(rest, whole).map(function (other) {
        var of = wanted(other);
        return index.hits(of).then(function () {
          var own = {};
          index.score(of, 0.95, own);
          Object.keys(own).forEach(function (p) {
            if (own[p].together > 0.949) held = true;
            if (!scores[p] || scores[p].score < own[p].score) scores[p] = own[p];
          });
        });
      });
      if (!whole && list.length) {
        var loose = [];
        runs(rest).forEach(function (run) {
          if (run.kind === 'word') list.forEach(function (w) { if (w.word && w.term === run.text) loose.push(w); });
          else sounds(run.text).forEach(function (s, n, all) {
            // Of a long run every second says the same for half of the bytes.
            if (all.length <= LONG || n % 2 === 0) loose.push({ term: s, weight: 1 });
          });
        });
        if (loose.length) {
          more.push(index.hits(loose.filter(function (w) { return !w.pages; })).then(function () {
            index.score(loose, 0.8, scores);
          }));
        }
      }
      return Promise.all(more);
    }).then(function () {
      if (question.item) {
        // A number that no page of the site has is one of another year's list.
        var former = index.head.f[question.item] || [];
        index.pages.forEach(function (page) {
          if ((page.item !== question.item && former.indexOf(page.number) < 0) || !page.parts) return;
          var known = scores[page.number];
          if (!known && list.length) return;
          if (!known) known = scores[page.number] = { page: page, part: 0, score: 0, covers: 1, together: 1 };
          known.part = list.length ? known.part : 0;
          // The page of the item itself, where it has one, before those of its topics.
          known.score += !list.length && page.weight < 1 && page.weight > 0.6 ? 6 : 4;
        });
      }
      var name = flat(rest);
      index.places.forEach(function (place) {
        place.names.forEach(function (other) {
          if (!name || name.indexOf(other) < 0 || (other.length < 4 && name !== other)) return;
          held = true;
          var known = scores[place.page] || (scores[place.page] = { page: index.pages[place.page], part: 0, score: 0, covers: 1, together: 1 });
          known.anchor = place.anchor;
          known.score = Math.max(known.score, 3 * Math.pow(other.length / name.length, 2));
        });
      });
      var results = Object.keys(scores).map(function (p) { return scores[p]; }).filter(function (r) {
        return r.page.parts && (!year || r.page.year === year) && (!item || r.page.item === item);
      });
      results.forEach(function (r) {
        // Of equals, the year that the site is about, then the newest.
        var age = !r.page.year || r.page.year === index.head.c ? 0 : 1 + Math.max(0, index.head.c - r.page.year);
        r.rank = r.score * r.page.weight * (!question.year ? 1 - Math.min(0.3, 0.05 * age) : r.page.year === question.year ? 1 : r.page.year ? 0.3 : 0.5);
      });
      results.sort(function (a, b) { return b.rank - a.rank || a.page.number - b.page.number; });
      var best = results.length ? results[0].rank : 0;
      results = results.filter(function (r) { return r.rank > best * 0.12; });
      results.near = !question.item && results.length > 0 && !held;
      results.text = rest || question.text;
      return list.length ? index.closest(results, rest) : results;
    });
  };

  // The pages that are shown first, those before that hold longer pieces of the question: what shares only short ones
  // (ประ of ประปา) shares them by chance. Their texts are needed for the excerpts anyway.
  Index.prototype.closest = function (results, text) {
    var index = this, asked = runs(text), whole = 0;
    asked.forEach(function (run) { whole += run.text.length * run.text.length; });
    var first = results.slice(0, AT_ONCE);
    return Promise.all(first.map(function (r) {
      return index.text(r.page.number, r.part).then(function (got) {
        var words = flat(got.t + '\n' + got.p.x), held = 0;
        asked.forEach(function (run) {
          pieces(run, words).forEach(function (piece) { held += piece.length * piece.length; });
        });
        r.rank *= 0.4 + 0.6 * held / whole;
      });
    })).then(function () {
      first.sort(function (a, b) { return b.rank - a.rank || a.page.number - b.page.number; });
      first.forEach(function (r, i) { results[i] = r; });
      return results;
    });
  };

  // The longest pieces of a run that a text holds, from left to right; words only whole.
  function pieces(run, text) {
    if (text.indexOf(run.text) >= 0) return [run.text];
    if (run.kind === 'word') return [];
    var all = clusters(run.text), out = [], from = 0;
    while (from < all.length - 1) {
      var to = all.length, piece = '';
      for (; to - from >= 2; to--) {
        piece = all.slice(from, to).join('');
        if (text.indexOf(piece) >= 0) break;
      }
      if (to - from >= 2) { out.push(piece); from = to; } else from++;
    }
    return out;
  }

  // Whether one of the best pages truly holds the question: its terms may also stand apart by chance.
  Index.prototype.has = function (text, scores) {
    var index = this, asked = runs(text);
    var best = Object.keys(scores).map(function (p) { return scores[p]; }).filter(function (r) { return r.together > 0.999; })
      .sort(function (a, b) { return b.score - a.score || a.page.number - b.page.number; }).slice(0, 3);
    return Promise.all(best.map(function (r) {
      return index.text(r.page.number, r.part).then(function (got) {
        var words = runs(got.t + '\n' + got.p.x);
        return asked.every(function (run) {
          return words.some(function (other) { return other.text.indexOf(run.text) >= 0; });
        });
      });
    })).then(function (all) {
      all.forEach(function (held, i) { if (!held) best[i].score *= 0.6; });
      return all.indexOf(true) >= 0;
    });
  };

  // The question in the words of pages, where it has other ones for the same.
  Index.prototype.others = function (text, whole) {
    var folded = flat(text), out = [];
    this.same.forEach(function (group) {
      group.forEach(function (word) {
        // Short ones only by themselves; longer ones only where the question as it is leads nowhere.
        var there = folded === word || (!whole && word.length > 5 && folded.indexOf(word) >= 0);
        if (!there) return;
        if (word !== group[0]) out.push(folded.replace(word, ' ' + group[0] + ' ').trim());
      });
    });
    return out;
  };

  // ---- Excerpts ----

  // Places in `text` to mark: the question as it is, else its longest pieces.
  function marks(text, question) {
    var found = [], of = runs(text), all = of.map(function (run) { return run.text; }).join(' ');
    function look(piece) {
      of.forEach(function (run) {
        for (var at = run.text.indexOf(piece); at >= 0; at = run.text.indexOf(piece, at + piece.length)) {
          var end = run.at[at + piece.length - 1] + 1;
          while (end < text.length && /[\u0E2F-\u0E3A\u0E45-\u0E4E]/.test(text.charAt(end))) end++;
          found.push([run.at[at], end]);
        }
      });
    }
    runs(question).forEach(function (run) { pieces(run, all).forEach(look); });
    found.sort(function (a, b) { return a[0] - b[0] || b[1] - a[1]; });
    return found.reduce(function (all, m) {
      var last = all[all.length - 1];
      if (last && m[0] <= last[1]) last[1] = Math.max(last[1], m[1]); else all.push(m);
      return all;
    }, []);
  }

  function append(element, text, places, from, to) {
    var at = from;
    function words(a, b) {
      return document.createTextNode(text.slice(a, b).replace(/\t/g, ' ').replace(/\n+/g, ' · '));
    }
    places.forEach(function (m) {
      if (m[1] <= from || m[0] >= to) return;
      element.appendChild(words(at, Math.max(from, m[0])));
      var mark = document.createElement('mark');
      mark.appendChild(words(Math.max(from, m[0]), Math.min(to, m[1])));
      element.appendChild(mark);
      at = Math.min(to, m[1]);
    });
    element.appendChild(words(at, to));
  }

  var BEFORE = 60, LENGTH = 220;
  function excerpt(element, text, question) {
    var places = marks(text, question), best = 0, most = -1;
    places.forEach(function (m) {
      var sum = 0;
      places.forEach(function (o) { if (o[0] >= m[0] && o[1] <= m[0] + LENGTH - BEFORE) sum += Math.pow(o[1] - o[0], 2); });
      if (sum > most) { most = sum; best = m[0]; }
    });
    var from = Math.max(0, best - BEFORE);
    var line = text.lastIndexOf('\n', best) + 1;
    if (line > from) from = line;
    else while (from > 0 && from < best && !/\s/.test(text.charAt(from - 1))) from++;
    var to = Math.min(text.length, from + LENGTH);
    // Never between a letter and its marks.
    while (to < text.length && /[\u0E30-\u0E3A\u0E45-\u0E4E]/.test(text.charAt(to))) to++;
    if (from > 0) element.appendChild(document.createTextNode('… '));
    append(element, text, places, from, to);
    if (to < text.length) element.appendChild(document.createTextNode(' …'));
  }

  // ---- The page ----

  var form = document.getElementById('search');
  if (!form) return;
  function field(id) { return document.getElementById(id); }
  var input = field('q'), years = field('search-year'), items = field('search-item');
  var box = document.getElementById('found'), status = box.querySelector('[role=status]'), list = box.querySelector('ol');
  var say = form.dataset, index = new Index(say.index), AT_ONCE = 8, MOST = 120, asked = 0, timer = 0, told = 0;
  var more = document.createElement('button');
  more.type = 'button';
  more.textContent = say.more;

  function put(text, n) { return text.replace('{n}', n).replace('{q}', input.value.trim()); }

  // Readers of the screen hear the end of typing, not each letter.
  function tell(text) {
    clearTimeout(told);
    told = setTimeout(function () { if (status.textContent !== text) status.textContent = text; }, 300);
  }

  function shown(result, question) {
    return index.text(result.page.number, result.part)
      .then(function (head) {
        var part = head.p;
        var entry = document.createElement('li'), link = document.createElement('a'), about = [], words = document.createElement('p');
        link.href = say.root + head.u + (result.anchor || part.a ? '#' + encodeURIComponent(result.anchor || part.a) : '');
        append(link, head.t, marks(head.t, question), 0, head.t.length);
        entry.appendChild(link);
        if (result.page.year) about.push(say.year.replace('{y}', result.page.year));
        if (result.page.item) about.push('O' + result.page.item);
        if (about.length) {
          var small = document.createElement('span');
          small.className = 'quiet small';
          small.textContent = ' ' + about.join(' · ');
          entry.appendChild(small);
        }
        excerpt(words, part.x, question);
        if (part.x) entry.appendChild(words);
        return entry;
      });
  }

  function show(results, from, turn) {
    var some = results.slice(from, from + AT_ONCE);
    return Promise.all(some.map(function (r) { return shown(r, results.text); })).then(function (entries) {
      if (turn !== asked) return;
      if (!from) list.textContent = '';
      entries.forEach(function (entry) { list.appendChild(entry); });
      more.remove();
      if (from + AT_ONCE < results.length) {
        more.onclick = function () {
          show(results, from + AT_ONCE, turn).then(function () {
            var next = list.children[from + AT_ONCE];
            if (next && turn === asked) next.querySelector('a').focus();
          }, failed);
        };
        box.appendChild(more);
      }
    });
  }

  function failed() {
    box.setAttribute('aria-busy', 'false');
    box.dataset.shown = '';
    box.dataset.failed = input.value;
    tell(say.error);
  }

  function search(again) {
    var turn = ++asked, text = input.value.trim().slice(0, MOST), key = input.value;
    var year = +years.value, item = +items.value;
    more.remove();
    delete box.dataset.failed;
    if (!text && !item) {
      list.textContent = '';
      tell('');
      box.dataset.shown = key;
      return;
    }
    box.setAttribute('aria-busy', 'true');
    if (!index.head) tell(say.loading + ' …');
    index.open(again === true).then(function () {
      return index.search(text || 'O' + item, year, item);
    }).then(function (results) {
      if (turn !== asked) return;
      return show(results, 0, turn).then(function () {
        if (turn !== asked) return;
        var n = results.length;
        tell(put(!n ? say.none : results.near ? say.near : n === 1 ? say.one : say.many, n));
        box.setAttribute('aria-busy', 'false');
        box.dataset.shown = key;
      });
    }).catch(function (error) {
      if (turn !== asked) return;
      if (error instanceof Stale && again !== true) search(true); else failed();
    });
  }

  function address(push) {
    var query = [['q', input.value.trim()], ['year', years.value], ['item', items.value]].filter(function (p) { return p[1]; })
      .map(function (p) { return p[0] + '=' + encodeURIComponent(p[1]); }).join('&');
    var to = location.pathname + (query ? '?' + query : '');
    if (to === location.pathname + location.search) return;
    // Some browsers refuse this for files, and for the hundredth time in half a minute.
    try { history[push ? 'pushState' : 'replaceState'](null, '', to); } catch (e) { /* the address stays */ }
  }

  function read() {
    function from(name) {
      var found = new RegExp('[?&]' + name + '=([^&]*)').exec(location.search);
      try { return found ? decodeURIComponent(found[1].replace(/\+/g, ' ')) : ''; } catch (e) { return ''; }
    }
    input.value = from('q').slice(0, MOST);
    years.value = from('year');
    items.value = from('item');
    // A value that is no choice leaves none.
    if (years.selectedIndex < 0) years.value = '';
    if (items.selectedIndex < 0) items.value = '';
  }

  function soon() {
    clearTimeout(timer);
    timer = setTimeout(function () { address(false); search(); }, 120);
  }

  form.hidden = false;
  input.addEventListener('input', function (event) { if (!event.isComposing) soon(); });
  input.addEventListener('compositionend', soon);
  input.addEventListener('focus', function () { index.open().catch(function () { /* told when asked */ }); });
  [years, items].forEach(function (choice) {
    choice.addEventListener('change', function () { clearTimeout(timer); address(true); search(); });
  });
  form.addEventListener('submit', function (event) {
    event.preventDefault();
    clearTimeout(timer);
    address(true);
    search(!index.head);
  });
  window.addEventListener('popstate', function () { read(); search(); });

  // Down from the field through the results, up again, and back with Escape.
  form.addEventListener('keydown', move);
  box.addEventListener('keydown', move);
  function move(event) {
    var links = [].slice.call(list.querySelectorAll('a')), here = links.indexOf(document.activeElement);
    var to = event.key === 'ArrowDown' ? links[here + 1] : event.key === 'ArrowUp' ? (here > 0 ? links[here - 1] : input) :
      event.key === 'Escape' && here >= 0 ? input : null;
    if (!to || (here < 0 && document.activeElement !== input) || (here < 0 && event.key !== 'ArrowDown')) return;
    event.preventDefault();
    to.focus();
  }

  read();
  if (input.value || items.value) search();
})();
