//! Logs and exports of chats.

mod blocks;
mod chat_downloader;
mod days;
mod discord;
mod irc;
mod irc_line;
mod json;
mod live_chat;
mod live_items;
mod matrix;
mod matrix_state;
mod offset;
mod qq;
mod seen;
mod slack;
mod slack_text;
mod telegram;
mod telegram_service;
mod twitch;
mod wechat;
mod whatsapp;
mod whatsapp_stamp;

pub use chat_downloader::ChatDownloader;
pub use discord::Discord;
pub use irc::Irc;
pub use live_chat::LiveChat;
pub use matrix::Matrix;
pub use qq::Qq;
pub use slack::Slack;
pub use telegram::Telegram;
pub use twitch::Twitch;
pub use wechat::Wechat;
pub use whatsapp::Whatsapp;
