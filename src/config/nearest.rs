//! What somebody who has mistyped a name may have meant.

/// The known name that is nearest to one that is not known; none if none is near.
pub fn nearest<'a>(name: &str, known: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    let name = name.to_lowercase();
    let most = (name.chars().count() / 3).max(1);
    let near = known.into_iter().map(|known| (strsim::osa_distance(&name, &known.to_lowercase()), known));
    near.filter(|(distance, _)| *distance <= most)
        .min_by_key(|(distance, _)| *distance)
        .map(|(_, known)| known)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_nearest_name_is_told_if_it_is_near() {
        let known = ["next-hit", "previous-hit", "next-turn", "pace", "gaps"];
        for (name, meant) in [
            ("nxt-hit", Some("next-hit")),
            ("next-hti", Some("next-hit")),
            ("Pace", Some("pace")),
            ("gap", Some("gaps")),
            ("frobnicate", None),
            ("", None),
        ] {
            assert_eq!(nearest(name, known), meant, "{name}");
        }
    }
}
