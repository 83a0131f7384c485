//! The desktop that the window is on. It knows no toolkit: whoever draws gives it a
//! [`Waker`](std::task::Waker).

pub mod preferences;
