"""What people and the bot do alike: post, edit and delete messages, open threads."""
