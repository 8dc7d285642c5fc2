// One page of each kind of the example municipality: what the judges look at and the gallery photographs.
//
// day         the page as of this day, AFTER unless told
// qr          shows QR codes; each must lead to an address that the page shows
// paper       made to be printed on one sheet of A4
// lighthouse  judged by Lighthouse too
// optional    not an error when the site has no such page
export const AFTER = '2569-01-09', DURING = '2568-03-14';

export const KINDS = {
  home: { path: '', lighthouse: true },
  'home-survey-open': { path: '', day: DURING },
  year: { path: '2568/' },
  'year-unfinished': { path: '2569/' },
  'item-merged': { path: '2568/o1/' },
  item: { path: '2568/structure/', lighthouse: true },
  'item-missing': { path: '2569/integrity-measures/' },
  people: { path: '2568/executives/' },
  measures: { path: '2568/integrity-measures/' },
  report: { path: '2568/integrity-measures-report/', lighthouse: true },
  progress: { path: '2568/progress/' },
  'budget-plan': { path: '2568/spending-plan/', lighthouse: true },
  'budget-progress': { path: '2568/spending-progress/' },
  'procurement-year': { path: '2568/procurement/' },
  'procurement-month': { path: '2568/procurement/2568-03/' },
  'procurement-list': { path: '2568/procurement-list/' },
  'complaint-channels': { path: '2568/complaint-channels/' },
  'complaint-statistics': { path: '2568/complaint-statistics/' },
  'complaint-poster': { path: '2568/complaint-channels/poster/', qr: true, paper: true, optional: true },
  'eit-open': { path: '2568/eit/', day: DURING, qr: true },
  'eit-closed': { path: '2568/eit/' },
  'eit-poster': { path: '2568/eit/poster/', day: DURING, qr: true, paper: true, optional: true },
  manuals: { path: '2568/service-manuals/' },
  manual: { path: '2568/service-manuals/water-supply/' },
  risk: { path: '2568/corruption-risk-assessment/' },
  news: { path: 'news/' },
  'news-entry': { path: 'news/2568-03-12-new-garbage-truck/' },
  contact: { path: 'contact/' },
  accessibility: { path: 'accessibility/' },
  archive: { path: 'archive/' },
  free: { path: 'history/' },
  search: { path: 'search/', optional: true },
  data: { path: 'data/', optional: true },
  'not-found': { path: '404.html' },
  redirect: { path: '2568/o18/' },
  english: { path: 'en/' },
  'english-year': { path: 'en/2568/' },
  'english-item': { path: 'en/2568/structure/' },
  'english-budget': { path: 'en/2568/spending-plan/' },
  'english-channels': { path: 'en/2568/complaint-channels/' },
  'english-people': { path: 'en/people/' },
  'english-eit': { path: 'en/2568/eit/', day: DURING, qr: true },
  'english-news-entry': { path: 'en/news/2568-03-12-new-garbage-truck/' },
  'english-contact': { path: 'en/contact/' },
  'english-accessibility': { path: 'en/accessibility/' },
};
