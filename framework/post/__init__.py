"""Mail: a message in three forms (an address that a mail program opens, a file, or sent). Sole owner of smtplib."""

from framework.post.message import Attachment, Message, address_of
from framework.post.smtp import NotSent, PostOffice, post_office

__all__ = ["Attachment", "Message", "NotSent", "PostOffice", "address_of", "post_office"]
