//! Whoever reads the pages: a browser with one open page.

use std::fmt::Debug;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex};
use std::time::Duration;
use std::{env, fs, thread};

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use headless_chrome::browser::tab::point::Point;
use headless_chrome::protocol::cdp::types::{Event, Method};
use headless_chrome::protocol::cdp::{Emulation, Page};
use headless_chrome::{Browser, LaunchOptions, Tab};
use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::{Value, json};

use crate::support::server::{Running, encoded};

/// A browser with one open page.
pub(crate) struct Reader {
    /// The address of the server: host and port.
    server: String,
    pub(crate) tab: Arc<Tab>,
    /// The errors and warnings that the browser has reported.
    pub(crate) complaints: Arc<Mutex<Vec<String>>>,
    _browser: Browser,
}

fn chromium() -> Option<PathBuf> {
    let folders = env::var_os("PATH")?;
    let found = env::split_paths(&folders).map(|folder| folder.join("chromium")).find(|path| path.is_file());
    assert!(found.is_some() || env::var_os("CI_HAS_CHROMIUM").is_none(), "there is no chromium");
    found
}

/// Returns the source of axe-core; `None` if it is not there.
pub(crate) fn axe_core() -> Option<String> {
    let axe = env::var_os("AXE_CORE").map(|path| fs::read_to_string(path).unwrap());
    assert!(axe.is_some() || env::var_os("CI_HAS_CHROMIUM").is_none(), "AXE_CORE is the path of axe.min.js");
    axe
}

impl Reader {
    /// Opens a browser that prefers a language. Returns `None` if there is no browser.
    pub(crate) fn new(server: &Running, language: &str) -> Option<Self> {
        Self::at(&server.address, language)
    }

    /// Opens a browser for the pages of any server.
    pub(crate) fn at(server: &str, language: &str) -> Option<Self> {
        let language_argument = format!("--accept-lang={language}");
        let options = LaunchOptions::default_builder()
            .path(Some(chromium()?))
            // In a container tests often run as root, for whom Chromium has no sandbox.
            .sandbox(false)
            .args(vec![language_argument.as_ref(), "--disable-dev-shm-usage".as_ref()])
            .idle_browser_timeout(Duration::from_secs(120))
            .build()
            .unwrap();
        let browser = Browser::new(options).unwrap();
        let tab = browser.new_tab().unwrap();
        tab.set_default_timeout(Duration::from_secs(20));
        let complaints = Arc::new(Mutex::new(Vec::new()));
        let heard = Arc::clone(&complaints);
        tab.enable_log().unwrap();
        let listener = tab.add_event_listener(Arc::new(move |event: &Event| {
            if let Event::LogEntryAdded(added) = event {
                heard.lock().unwrap().push(format!("{:?}", added.params.entry));
            }
        }));
        listener.unwrap();
        Some(Self { server: server.to_owned(), tab, complaints, _browser: browser })
    }

    pub(crate) fn call<M: Method + Serialize + DeserializeOwned + Debug>(
        &self,
        parameters: Value,
    ) -> M::ReturnObject {
        self.tab.call_method(serde_json::from_value::<M>(parameters).unwrap()).unwrap()
    }

    pub(crate) fn open(&self, path: &str) {
        self.go_to(&encoded(path));
    }

    /// Opens an address that is encoded already.
    pub(crate) fn go_to(&self, path: &str) {
        self.evaluate("window.isLeft = true");
        self.tab.navigate_to(&format!("http://{}{path}", self.server)).unwrap();
        self.wait_for("!window.isLeft && document.readyState === 'complete'");
    }

    /// Returns the value of an expression in JavaScript, also on a page whose scripts are turned off.
    pub(crate) fn evaluate(&self, expression: &str) -> Value {
        let written = format!("(async () => JSON.stringify(await ({expression})))()");
        let value = self.tab.evaluate(&written, true).unwrap().value;
        value.map_or(Value::Null, |value| serde_json::from_str(value.as_str().unwrap_or("null")).unwrap())
    }

    /// Waits until an expression is true, because a page may still be loading.
    pub(crate) fn wait_for(&self, expression: &str) {
        for _ in 0..600 {
            let is_true = self.tab.evaluate(&format!("Boolean({expression})"), false);
            if is_true.is_ok_and(|value| value.value == Some(json!(true))) {
                return;
            }
            thread::sleep(Duration::from_millis(50));
        }
        let at = self.evaluate("location.href + document.body.innerText");
        panic!("{expression} is not true at {at}");
    }

    pub(crate) fn click(&self, selector: &str) {
        self.wait_for(&format!("document.querySelector(\"{selector}\")"));
        let middle = format!(
            "(element => {{ element.scrollIntoView({{ behavior: 'instant', block: 'center' }}); \
             const box = element.getBoundingClientRect(); \
             return [box.x + box.width / 2, box.y + box.height / 2]; }})(document.querySelector(\"{selector}\"))"
        );
        let middle = self.evaluate(&middle);
        let (x, y) = (middle[0].as_f64().unwrap(), middle[1].as_f64().unwrap());
        self.tab.click_point(Point { x, y }).unwrap();
    }

    /// Presses a key.
    pub(crate) fn press(&self, key: &str) {
        self.tab.press_key(key).unwrap();
    }

    /// Returns the decoded address of the page without the server.
    pub(crate) fn address(&self) -> String {
        self.evaluate("decodeURIComponent(location.pathname + location.search + location.hash)")
            .as_str()
            .unwrap()
            .to_owned()
    }

    /// Returns the total that the page shows, and the identifiers of its hits.
    pub(crate) fn found(&self) -> (u64, Vec<String>) {
        let total = self.evaluate("document.querySelector('.total b').textContent.replaceAll(',', '')");
        let hits = self.evaluate("[...document.querySelectorAll('.hit')].map(hit => hit.id)");
        (total.as_str().unwrap().parse().unwrap(), serde_json::from_value(hits).unwrap())
    }

    pub(crate) fn resize(&self, width: u32) {
        let metrics =
            json!({ "width": width, "height": 900, "deviceScaleFactor": 1.0, "mobile": width < 600 });
        self.call::<Emulation::SetDeviceMetricsOverride>(metrics);
    }

    pub(crate) fn in_colors(&self, scheme: &str) {
        let features = json!({ "features": [{ "name": "prefers-color-scheme", "value": scheme }] });
        self.call::<Emulation::SetEmulatedMedia>(features);
    }

    pub(crate) fn photograph(&self, page: &Value, file: &str) {
        let height = page["height"].as_f64().unwrap().min(6000.0);
        let clip =
            json!({ "x": 0.0, "y": 0.0, "width": page["width"].as_f64(), "height": height, "scale": 1.0 });
        let wanted = json!({ "format": "jpeg", "quality": 80, "clip": clip, "captureBeyondViewport": true });
        let picture = STANDARD.decode(self.call::<Page::CaptureScreenshot>(wanted).data).unwrap();
        let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("screenshots");
        fs::create_dir_all(&folder).unwrap();
        fs::write(folder.join(file), picture).unwrap();
    }

    pub(crate) fn assert_no_complaints(&self) {
        let complaints = self.complaints.lock().unwrap();
        assert!(complaints.is_empty(), "{complaints:#?}");
    }

    /// Checks the page with axe-core.
    pub(crate) fn assert_accessible(&self, axe: &str, page: &str) {
        self.tab.evaluate(axe, false).unwrap();
        let violations = self.evaluate(
            "axe.run({ resultTypes: ['violations'] }).then(result => result.violations.map(violation => \
             [violation.id, violation.nodes.map(node => [node.html, node.failureSummary])]))",
        );
        assert_eq!(violations, json!([]), "{page}: {violations:#}");
    }
}
