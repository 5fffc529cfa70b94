//! Requirements of the main modules in, one version of each module out: minimal version selection (Go modules
//! reference). Since Go 1.17 a go.mod lists all that its packages need, so that the requirements of dependencies'
//! dependencies are not looked at (graph pruning).

use crate::modcache::{GoSum, ModCache};
use crate::modfile::{self, ModFile, Replacement};
use std::cmp::Ordering;
use std::collections::{BTreeMap, HashMap, HashSet};

/// Replacements of the main modules or of go.work: module -> one for each version, or for all.
pub type Replacements = HashMap<String, Vec<Replacement>>;

/// The replacement that applies to a version.
pub fn replacement<'a>(
    all: &'a Replacements,
    path: &str,
    version: &str,
) -> Option<&'a Replacement> {
    let list = all.get(path)?;
    list.iter()
        .find(|r| r.version == version)
        .or_else(|| list.iter().find(|r| r.version.is_empty()))
}

/// What selection starts from.
pub struct Roots<'a> {
    /// go.mod of each main module.
    pub mains: &'a [ModFile],
    pub replace: &'a Replacements,
    pub cache: &'a ModCache,
    pub sums: &'a GoSum,
    /// Reads the go.mod of a replacement folder.
    pub read_dir: &'a dyn Fn(&str) -> Result<ModFile, String>,
}

/// A selected module.
#[derive(Clone, Debug, PartialEq)]
pub struct Selected {
    pub version: String,
    pub go: Option<(u32, u32)>,
}

/// The version of each module that the main modules need. The error is a message for the user.
pub fn select(roots: &Roots) -> Result<BTreeMap<String, Selected>, String> {
    let mut best: BTreeMap<String, String> = BTreeMap::new();
    let mut go: HashMap<(String, String), Option<(u32, u32)>> = HashMap::new();
    let mut seen: HashSet<(String, String)> = HashSet::new();
    let excluded: HashSet<&(String, String)> =
        roots.mains.iter().flat_map(|m| &m.exclude).collect();
    let pruned_main = roots.mains.iter().all(|m| m.go.is_some_and(|v| v >= (1, 17)));
    // (module, version, whether its requirements are looked at)
    let mut queue: Vec<(String, String, bool)> = Vec::new();
    for m in roots.mains {
        queue.extend(m.require.iter().map(|(p, v)| (p.clone(), v.clone(), true)));
    }
    while let Some((path, version, expand)) = queue.pop() {
        if roots.mains.iter().any(|m| m.module == path)
            || excluded.contains(&(path.clone(), version.clone()))
        {
            continue;
        }
        let newer = best.get(&path).is_none_or(|b| compare(&version, b) == Ordering::Greater);
        if newer {
            best.insert(path.clone(), version.clone());
        }
        if !expand || !seen.insert((path.clone(), version.clone())) {
            continue;
        }
        let Some(file) = read(roots, &path, &version, pruned_main)? else { continue };
        go.insert((path, version), file.go);
        let deeper = !pruned_main || file.go.is_none_or(|v| v < (1, 17));
        queue.extend(file.require.into_iter().map(|(p, v)| (p, v, deeper)));
    }
    let mut out = BTreeMap::new();
    for (path, version) in best {
        let known = go.get(&(path.clone(), version.clone())).copied();
        let go = match known {
            Some(v) => v,
            None => read(roots, &path, &version, true)?.and_then(|f| f.go),
        };
        out.insert(path, Selected { version, go });
    }
    Ok(out)
}

/// The go.mod of a required module. One that is missing is an error only where versions depend on it.
fn read(
    roots: &Roots,
    path: &str,
    version: &str,
    optional: bool,
) -> Result<Option<ModFile>, String> {
    let (path, version, checked) = match replacement(roots.replace, path, version) {
        Some(r) if is_folder(r) => return (roots.read_dir)(&r.path).map(Some),
        Some(r) => (r.path.as_str(), r.new_version.as_str(), true),
        None => (path, version, true),
    };
    let Some(text) = roots.cache.go_mod(path, version) else {
        if optional {
            return Ok(None);
        }
        return Err(not_in_cache(roots.cache, path, version));
    };
    if checked && !optional {
        roots
            .sums
            .check_mod(path, version, &text)
            .map_err(|e| format!("go: {path}@{version}: {e}"))?;
    }
    // Dependencies may have directives of newer versions: what is understood counts.
    match modfile::parse(&text) {
        Ok(f) => Ok(Some(f)),
        Err(e) if optional => {
            let _ = e;
            Ok(None)
        }
        Err(e) => Err(format!("go: {path}@{version}: parsing go.mod:{}: {}", e.line, e.message)),
    }
}

pub fn not_in_cache(cache: &ModCache, path: &str, version: &str) -> String {
    format!(
        "go: {path}@{version} is not in the module cache ({}), and gosubc does not download; run:\n\tgo mod download {path}",
        cache.dir.display()
    )
}

/// `=> ../folder` rather than `=> module version`.
pub fn is_folder(r: &Replacement) -> bool {
    r.new_version.is_empty()
}

/// Semantic versions, as far as they occur in go.mod files: `v1.2.3-pre.1+incompatible`.
pub fn compare(a: &str, b: &str) -> Ordering {
    fn split(v: &str) -> (Vec<u64>, &str) {
        let v = v.strip_prefix('v').unwrap_or(v);
        let v = v.split('+').next().unwrap_or(v);
        let (numbers, pre) = v.split_once('-').map_or((v, ""), |(n, p)| (n, p));
        (numbers.split('.').map(|n| n.parse().unwrap_or(0)).collect(), pre)
    }
    let ((na, pa), (nb, pb)) = (split(a), split(b));
    na.cmp(&nb).then_with(|| match (pa.is_empty(), pb.is_empty()) {
        (true, true) => Ordering::Equal,
        (true, false) => Ordering::Greater, // a release is newer than what leads to it
        (false, true) => Ordering::Less,
        (false, false) => compare_pre(pa, pb),
    })
}

fn compare_pre(a: &str, b: &str) -> Ordering {
    let (mut x, mut y) = (a.split('.'), b.split('.'));
    loop {
        let order = match (x.next(), y.next()) {
            (None, None) => return Ordering::Equal,
            (None, _) => Ordering::Less,
            (_, None) => Ordering::Greater,
            (Some(p), Some(q)) => match (p.parse::<u64>(), q.parse::<u64>()) {
                (Ok(m), Ok(n)) => m.cmp(&n),
                (Ok(_), Err(_)) => Ordering::Less,
                (Err(_), Ok(_)) => Ordering::Greater,
                (Err(_), Err(_)) => p.cmp(q),
            },
        };
        if order != Ordering::Equal {
            return order;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn versions_in_order() {
        let sorted = [
            "v0.0.0-20190101000000-abcdefabcdef",
            "v1.0.0-alpha",
            "v1.0.0-alpha.1",
            "v1.0.0-alpha.beta",
            "v1.0.0-rc.2",
            "v1.0.0-rc.11",
            "v1.0.0",
            "v1.2.0",
            "v1.10.0",
            "v2.0.0+incompatible",
        ];
        for w in sorted.windows(2) {
            assert_eq!(compare(w[0], w[1]), Ordering::Less, "{w:?}");
        }
        assert_eq!(compare("v1.0.0", "v1.0.0"), Ordering::Equal);
    }

    fn cache(mods: &[(&str, &str, &str)]) -> (tempfile::TempDir, ModCache) {
        let tmp = tempfile::tempdir().unwrap();
        for (path, version, text) in mods {
            let dir = tmp.path().join("cache/download").join(path).join("@v");
            std::fs::create_dir_all(&dir).unwrap();
            std::fs::write(dir.join(format!("{version}.mod")), text).unwrap();
        }
        let dir = tmp.path().to_path_buf();
        (tmp, ModCache { dir })
    }

    fn selected(main: &str, cache: &ModCache) -> Result<Vec<String>, String> {
        let mains = [modfile::parse(main).unwrap()];
        let sums = GoSum::default();
        let replace = Replacements::new();
        let read_dir = |_: &str| Err("no folders here".to_string());
        let roots =
            Roots { mains: &mains, replace: &replace, cache, sums: &sums, read_dir: &read_dir };
        select(&roots).map(|s| s.into_iter().map(|(p, v)| format!("{p}@{}", v.version)).collect())
    }

    #[test]
    fn the_greatest_of_the_least() {
        let (_tmp, cache) = cache(&[
            ("a", "v1.0.0", "module a\n\ngo 1.20\n\nrequire (\n\tb v1.2.0\n\tc v1.0.0\n)\n"),
            ("b", "v1.1.0", "module b\n\ngo 1.20\n"),
            ("b", "v1.2.0", "module b\n\ngo 1.20\n\nrequire d v1.0.0\n"),
        ]);
        let main = "module m\n\ngo 1.20\n\nrequire (\n\ta v1.0.0\n\tb v1.1.0\n)\n";
        // b's requirement of d is pruned: a go.mod since 1.17 would name d if it were needed.
        assert_eq!(selected(main, &cache).unwrap(), ["a@v1.0.0", "b@v1.2.0", "c@v1.0.0"]);
    }

    #[test]
    fn old_modules_need_the_whole_graph() {
        let (_tmp, cache) = cache(&[("a", "v1.0.0", "module a\n\nrequire b v1.2.0\n")]);
        let main = "module m\n\ngo 1.16\n\nrequire a v1.0.0\n";
        let e = selected(main, &cache).unwrap_err();
        assert!(e.contains("a@v1.0.0: missing go.sum entry"), "{e}");
    }
}
