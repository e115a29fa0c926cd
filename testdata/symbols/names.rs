// Closures, generics, trait implementations, constants and names beyond ASCII, for the tests of Kagari.Symbols.
use std::collections::BTreeMap;
use std::fmt::Debug;

trait Area {
    type Unit;
    fn area(&self) -> f64;
}

struct Square<const N: usize>;
struct Pair<A, B>(A, B);

impl<const N: usize> Area for Square<N> {
    type Unit = u32;
    #[inline(never)]
    fn area(&self) -> f64 {
        (0..N).map(|x| (x * N) as f64).sum()
    }
}

impl<A: Debug, B: Debug> Pair<A, B> {
    #[inline(never)]
    fn show<'a>(&'a self, f: &dyn Fn(&'a A, &'a B) -> String) -> String {
        f(&self.0, &self.1)
    }
}

mod größe {
    #[inline(never)]
    pub fn länge(s: &str) -> usize {
        s.chars().filter(|c| *c != 'ß').count()
    }
}

#[inline(never)]
fn apply<F: FnMut(i32) -> i32>(mut f: F, n: i32) -> i32 {
    (0..n).fold(0, |a, x| a ^ f(x))
}

#[inline(always)]
fn tiny(x: i32) -> i32 {
    x.wrapping_mul(3) ^ 5
}

#[inline(never)]
fn pointers(f: extern "C" fn(*const u8, &mut [i64; 3]) -> bool, t: (u8,)) -> bool {
    f(&t.0, &mut [1, 2, 3])
}

extern "C" fn callee(p: *const u8, a: &mut [i64; 3]) -> bool {
    unsafe { *p as i64 == a[0] }
}

#[inline(never)]
fn dynamic(v: &mut Vec<Box<dyn Area<Unit = u32> + Send>>) -> f64 {
    v.iter().map(|a| a.area()).sum()
}

fn main() {
    let mut map: BTreeMap<String, Option<char>> = BTreeMap::new();
    for (i, a) in std::env::args().enumerate() {
        map.insert(a, char::from_digit(i as u32, 10));
    }
    let mut k = 3;
    println!("{:?} {}", map, apply(|x| { k += tiny(x); k }, 10));
    println!("{}", Pair(1u8, "b").show(&|a, b| format!("{a:?}{b:?}")));
    println!("{} {}", größe::länge("maß"), pointers(callee, (1,)));
    println!("{}", dynamic(&mut vec![Box::new(Square::<4>), Box::new(Square::<7>)]));
}
