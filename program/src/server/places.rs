//! Places for connections: so many at once, and so many for each client, so that no client takes those of the
//! others.

use std::collections::HashMap;
use std::net::{IpAddr, Ipv6Addr};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

/// Maximum number of open connections.
const MOST: usize = 1024;

/// Maximum number of open connections of one client. A client may be a whole office behind one address, and a
/// browser opens up to six connections.
const MOST_OF_CLIENT: usize = 256;

/// Maximum number of open connections of one address of this machine. It may be a proxy, which carries the
/// requests of all clients; the places that are left are for those that come without it.
const MOST_OF_LOOPBACK: usize = 768;

/// The places that are taken. Clones share them.
#[derive(Clone, Debug, Default)]
pub(super) struct Places(Arc<Mutex<Taken>>);

#[derive(Debug, Default)]
struct Taken {
    total: usize,
    by_client: HashMap<IpAddr, usize>,
}

/// A place, which is free again when this is dropped.
#[derive(Debug)]
pub(super) struct Place {
    places: Places,
    client: IpAddr,
}

impl Places {
    /// Takes a place for a connection from an address, if the client has not too many and one is left.
    pub(super) fn take(&self, address: IpAddr) -> Option<Place> {
        let client = client(address);
        let most = if client.is_loopback() { MOST_OF_LOOPBACK } else { MOST_OF_CLIENT };
        let mut taken = self.taken();
        let of_client = taken.by_client.get(&client).copied().unwrap_or_default();
        if taken.total >= MOST || of_client >= most {
            return None;
        }
        taken.total += 1;
        taken.by_client.insert(client, of_client + 1);
        Some(Place { places: self.clone(), client })
    }

    fn taken(&self) -> MutexGuard<'_, Taken> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Drop for Place {
    fn drop(&mut self) {
        let mut taken = self.places.taken();
        taken.total -= 1;
        // Who has no connection is forgotten, so that the table has no more entries than there are connections.
        match taken.by_client.get_mut(&self.client) {
            Some(count) if *count > 1 => *count -= 1,
            _ => {
                taken.by_client.remove(&self.client);
            }
        }
    }
}

/// Returns what stands for the client with an address: an IPv4 address itself, and the first half of an IPv6
/// address, because a client can have all addresses that begin so.
fn client(address: IpAddr) -> IpAddr {
    match address.to_canonical() {
        IpAddr::V6(address) if !address.is_loopback() => {
            let [a, b, c, d, ..] = address.segments();
            Ipv6Addr::new(a, b, c, d, 0, 0, 0, 0).into()
        }
        other => other,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn take(places: &Places, address: &str) -> Option<Place> {
        places.take(address.parse().unwrap())
    }

    /// Takes all places that an address gets.
    fn take_all(places: &Places, address: &str) -> Vec<Place> {
        std::iter::from_fn(|| take(places, address)).collect()
    }

    #[test]
    fn a_client_takes_no_place_of_another() {
        let places = Places::default();
        let mut of_one = take_all(&places, "192.0.2.1");
        assert_eq!(of_one.len(), MOST_OF_CLIENT);
        assert!(
            take(&places, "::ffff:192.0.2.1").is_none(),
            "the same address, as a socket for IPv6 tells it"
        );
        assert!(take(&places, "192.0.2.2").is_some());
        of_one.pop();
        assert!(take(&places, "192.0.2.1").is_some());
        let _of_prefix = take_all(&places, "2001:db8::1");
        assert!(take(&places, "2001:db8::2:1").is_none());
        assert!(take(&places, "2001:db8:0:1::1").is_some());
    }

    #[test]
    fn a_proxy_on_this_machine_leaves_places_to_others() {
        for address in ["127.0.0.1", "::1"] {
            let places = Places::default();
            let of_proxy = take_all(&places, address);
            assert_eq!(of_proxy.len(), MOST_OF_LOOPBACK);
            let of_other = take_all(&places, "192.0.2.1");
            assert_eq!(of_proxy.len() + of_other.len(), MOST);
            assert!(take(&places, "192.0.2.2").is_none(), "all places are taken");
            drop((of_proxy, of_other));
            assert_eq!(places.taken().total, 0);
            assert!(places.taken().by_client.is_empty());
        }
    }
}
